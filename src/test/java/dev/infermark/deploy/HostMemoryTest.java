package dev.infermark.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostMemoryTest {
    private static final long GIGA = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({
        // xlm-roberta-large: 560 million parameters in four bytes and in two, on four cores.
        "2240000000, 1120000000, 4, inf1.xlarge, inf1.2xlarge",
        // The UNet of SDXL: 2.57 billion parameters, on two cores.
        "10280000000, 5140000000, 2, inf2.xlarge, inf2.8xlarge"
    })
    void namesTheSmallestInstanceWhoseHostHoldsAllCopies(
            long weights, long compiled, int copies, String instance, String larger) {
        String warning = warning(new HostMemory(weights, compiled, copies, instance(instance))).orElseThrow();
        assertTrue(warning.contains("the smallest that has it is --instance " + larger), warning);
    }

    @Test
    void saysNothingOfWhatFits() {
        assertEquals(Optional.empty(), warning(new HostMemory(GIGA / 2, GIGA / 4, 4, instance("inf1.xlarge"))));
    }

    @Test
    void knowsNoRemedyForWhatNoHostHolds() {
        String warning = warning(new HostMemory(900 * GIGA, 450 * GIGA, 1, instance("inf2.xlarge"))).orElseThrow();
        assertTrue(warning.contains("no instance of the chip has it"), warning);
    }

    private static Optional<String> warning(HostMemory memory) {
        return memory.warning(Catalog.builtIn());
    }

    private static Instance instance(String name) {
        return Catalog.builtIn().instance(name);
    }
}
