package dev.infermark.validate.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.lower.SdkVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementFileTest {
    private static final String HEADER = "id,device,instance_type,model,batch_size,throughput,latency_p50_ms\n";

    @TempDir
    private Path folder;

    private List<Measurement> read(String text) {
        Path file = folder.resolve("m.csv");
        SafeFiles.write(file, text);
        return MeasurementFile.read(file);
    }

    @Test
    void readsColumnsInAnyOrderWithExtraOnesCarriageReturnsAndAByteOrderMark() {
        Measurement row = read("\uFEFFModel,ID,extra,DEVICE,batch_size,instance_type,latency_p50_ms,throughput,"
                        + "neuron_version\r\nbert-base,a,\"x, y\",INF2,4,Inf2.XLarge,,812.5,2.14.1\r\n\r\n")
                .getFirst();
        assertEquals("a", row.id());
        assertEquals("inf2", row.setup().device());
        assertEquals("inf2.xlarge", row.setup().instanceType());
        assertEquals(OptionalLong.of(4), row.setup().batch());
        assertEquals(OptionalDouble.empty(), row.figures().latencyP50Millis());
        assertEquals(OptionalDouble.of(812.5), row.figures().throughput());
        assertEquals(Optional.of(new SdkVersion(2, 14, 1)), row.setup().sdk());
        assertTrue(row.origin().isTrusted());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', value = {
        "a,inf2,inf2.xlarge,bert,1,NaN,1      | throughput is NaN",
        "a,inf2,inf2.xlarge,bert,1,1,-2       | latency_p50_ms is -2",
        "a,inf2,inf2.xlarge,bert,1.5,1,1      | batch_size is 1.5",
        "a,inf2,inf2.xlarge,bert,0,1,1        | batch_size is 0",
        "a,inf2,inf2.xlarge,bert,1,fast,1     | throughput is 'fast'",
        "a,gpu7,inf2.xlarge,bert,1,1,1        | device is 'gpu7'",
        "a,inf2,inf2.xlarge,bert,1            | has 5 cells for 7 columns",
        ",inf2,inf2.xlarge,bert,1,1,1         | id is blank",
    })
    void refusesABrokenLineByItsNumber(String line, String cause) {
        UserError error = assertThrows(UserError.class, () -> read(HEADER + line + "\n"));
        assertTrue(String.valueOf(error.getMessage()).contains("m.csv:2: " + cause), error.getMessage());
    }

    @Test
    void namesAMandatoryColumnThatIsMissing() {
        UserError error = assertThrows(UserError.class, () -> read("id,device,model\na,inf2,bert\n"));
        assertTrue(String.valueOf(error.getMessage()).contains("lacks the column instance_type"), error.getMessage());
    }

    @Test
    void refusesAnEmptyFile() {
        assertThrows(UserError.class, () -> read(""));
    }

    @Test
    void builtInTableHasNoRowOfTheHeldOutTest() {
        List<Measurement> rows = MeasurementFile.builtIn();
        assertEquals(1251, rows.size());
        assertFalse(rows.stream().anyMatch(row -> row.origin().isHeldOut()));
    }

    @Test
    void derivesCallsInFlightByLittlesLaw() {
        Measurement row = read(HEADER + "a,inf2,inf2.xlarge,bert,8,1600,10\n").getFirst();
        assertEquals(2, row.inFlight().orElseThrow(), 1e-12);
    }
}
