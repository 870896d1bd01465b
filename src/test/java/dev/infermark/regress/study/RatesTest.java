package dev.infermark.regress.study;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.JmhFixture;
import dev.infermark.jmh.JmhJson;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rates that the product promises, on seeded data; smaller than {@code infermark regress study}, same code. */
class RatesTest {
    private static final long SEED = 20260101;

    private static void atMost(double limit, double rate, String what) {
        assertTrue(rate <= limit, () -> what + " " + rate + ", promised at most " + limit);
    }

    private static void atLeast(double limit, double rate, String what) {
        assertTrue(rate >= limit, () -> what + " " + rate + ", promised at least " + limit);
    }

    @ParameterizedTest
    @CsvSource({
        "GAUSSIAN,0.01,0.99,2",
        "HEAVY_TAILED,0.01,0.99,2",
        "OUTLIERS,0.02,0.98,6",
        "AUTOREGRESSIVE,0.1,0.97,2"
    })
    void historiesKeepTheirRates(Noise noise, double falseSeries, double quietF1, double delay) {
        HistoryRates rates = HistoryStudy.synthetic(noise, 400, SEED).run();

        assertAll(
                () -> atMost(falseSeries, rates.falseSeries(), "flat histories with a false change"),
                () -> atLeast(quietF1, rates.quietF1(), "F1 of +5 % in quiet histories"),
                () -> atLeast(0.95, rates.anyF1(), "F1 of +10 % in all histories"),
                () -> atMost(delay, rates.delay(), "delay"));
    }

    @ParameterizedTest
    @CsvSource({"GAUSSIAN,0.9", "HEAVY_TAILED,0.9", "OUTLIERS,0.7"})
    void theGateKeepsItsRates(Noise noise, double found) {
        GateRates rates = GateStudy.synthetic(noise, 5, 100, 0.10, SEED).run().getFirst();

        assertAll(
                () -> assertEquals(Rule.OURS, rates.rule()),
                () -> atMost(0.005, rates.falseAlarms(), "false alarms per benchmark"),
                () -> atMost(0.01, rates.falseSuites(), "suites with a false alarm"),
                () -> atMost(0.001, rates.shownGreen(), "changed benchmarks shown green"),
                () -> atLeast(found, rates.foundQuiet(), "+10 % found in quiet benchmarks among many"),
                () -> atLeast(found, rates.foundAlone(), "+10 % found in one quiet benchmark of a hundred"));
    }

    @Test
    void theRuleThatNeverAlarmsFindsNothing() {
        GateRates never = GateStudy.synthetic(Noise.GAUSSIAN, 5, 5, 0.10, SEED).run().getLast();

        assertEquals(new GateRates(Rule.NEVER, 0, 0, 0, 0, 0, 1, 0), never);
    }

    @Test
    void measuredForksGoThroughTheSameStudies(@TempDir Path folder) {
        SplittableRandom random = new SplittableRandom(1);
        JmhFixture results = new JmhFixture();
        for (int i = 0; i < 30; i++) {
            results.benchmark(
                    "a.B.m" + i,
                    random.doubles(10).map(_ -> Math.exp(0.01 * random.nextGaussian())).toArray());
        }
        List<BenchmarkResult> measured = JmhJson.read(results.write(folder.resolve("jmh.json")));

        GateRates gate = GateStudy.measured(measured, 5, 50, 0.10, SEED).run().getFirst();
        HistoryRates history = HistoryStudy.measured(measured, 100, SEED).run();

        assertAll(
                () -> atMost(0.005, gate.falseAlarms(), "false alarms"),
                () -> atLeast(0.9, gate.foundQuiet(), "found"),
                () -> atMost(0.03, history.falseSeries(), "false changes"),
                () -> atLeast(0.95, history.anyF1(), "F1"));
    }
}
