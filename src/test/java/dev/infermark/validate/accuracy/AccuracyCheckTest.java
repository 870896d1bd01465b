package dev.infermark.validate.accuracy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.validate.measurement.Quantity;
import dev.infermark.validate.scenario.Errors;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyCheckTest {
    /** Two configurations, 10 % too slow and 10 % too fast. */
    private static final Accuracy NOW = new Accuracy(
            List.of(new Accuracy.Line(
                    "encoders",
                    "family left out",
                    Quantity.LATENCY.label(),
                    Errors.of(List.of(new Errors.Pair(1, 1.1), new Errors.Pair(10, 9))),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    Accuracy.Goal.errors(9, 20))),
            List.of());

    @TempDir
    private Path folder;

    private List<String> losses(String line) {
        Path file = folder.resolve("accuracy.csv");
        SafeFiles.write(
                file,
                "class,protocol,quantity,configurations,mean_error_percent,worst_error_percent,spearman\n"
                        + line + "\n");
        return AccuracyCheck.read(file).losses(NOW);
    }

    @Test
    void acceptsWhatHasNotChanged() {
        assertEquals(List.of(), losses("encoders,family left out,latency,2,10,10,1"));
    }

    @Test
    void acceptsChangesWithinTheTolerance() {
        assertEquals(List.of(), losses("encoders,family left out,latency,2,9.95,9.6,1"));
    }

    @Test
    void findsAMeanErrorThatHasRisen() {
        assertEquals(
                List.of("encoders, family left out, latency: mean error 10.00 % instead of 9.50 %"),
                losses("encoders,family left out,latency,2,9.5,10,1"));
    }

    @Test
    void findsAWorstErrorThatHasRisen() {
        assertEquals(1, losses("encoders,family left out,latency,2,10,9,1").size());
    }

    @Test
    void findsConfigurationsAndClassesThatAreNoLongerPredicted() {
        assertTrue(losses("encoders,family left out,latency,3,10,10,1").getFirst().contains("2 configurations"));
        assertTrue(losses("decoders,family left out,latency,3,10,10,1").getFirst().contains("no longer predicted"));
    }

    @Test
    void refusesAFileThatIsNoTableOfAccuracies() {
        Path file = folder.resolve("other.csv");
        SafeFiles.write(file, "a,b\n1,2\n");
        assertThrows(UserError.class, () -> AccuracyCheck.read(file).losses(NOW));
    }

    @Test
    void saysWhetherAGoalIsMet() {
        Accuracy.Line line = NOW.lines().getFirst();
        assertEquals(false, line.goal().isMetBy(line.errors()).orElseThrow());
        assertEquals(true, Accuracy.Goal.errors(10.1, 11).isMetBy(line.errors()).orElseThrow());
        assertTrue(Accuracy.Goal.none().isMetBy(line.errors()).isEmpty());
    }
}
