package dev.infermark.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CpuModelTest {
    @Test
    void namesTheGenerationOfAProcessorThatTellsItsBrandAlone() {
        List<String> cpuinfo = """
                processor\t: 0
                vendor_id\t: AuthenticAMD
                cpu family\t: 25
                model\t\t: 17
                model name\t: AMD EPYC
                stepping\t: 1
                """.lines().toList();

        assertEquals(
                Optional.of("Zen 4 (AuthenticAMD family 25, model 17, stepping 1)"),
                CpuModel.parse(cpuinfo).map(CpuModel::label));
    }

    @Test
    void tellsGenerationsThatShareAFamilyOrAModelApart() {
        assertEquals(Optional.of("Zen 3"), new CpuModel("AuthenticAMD", 25, 1, 1).generation());
        assertEquals(Optional.of("Zen 4"), new CpuModel("AuthenticAMD", 25, 0xA0, 2).generation());
        assertEquals(Optional.of("Zen 2"), new CpuModel("AuthenticAMD", 23, 0x31, 0).generation());
        assertEquals(Optional.of("Skylake"), new CpuModel("GenuineIntel", 6, 85, 4).generation());
        assertEquals(Optional.of("Cascade Lake"), new CpuModel("GenuineIntel", 6, 85, 7).generation());
    }

    @Test
    void guessesNothing() {
        assertEquals(
                "generation unknown (GenuineIntel family 6, model 999, stepping 0)",
                new CpuModel("GenuineIntel", 6, 999, 0).label());
        assertEquals(Optional.empty(), CpuModel.parse(List.of("CPU implementer\t: 0x41")));
    }
}
