package dev.infermark.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadinessTest {
    private static final List<double[]> IDLE_COMPILERS = List.of(fork(0, 0.01, 0.02, 0, 0));

    @TempDir
    private Path folder = Path.of("");

    /** A run of JMH on a host that was busy with other work: three of its rows, as JMH wrote them. */
    @Test
    void marksTheRowsOfARealRunThatHadNotSettled() throws URISyntaxException {
        BenchmarkResults results = real();

        assertEquals(
                List.of(
                        "add fp32 not steady: drifting",
                        "decode bf16 not steady: compiling",
                        "decode int8 steady"),
                results.measurements().stream()
                        .map(row -> row.id().operation().label() + " " + row.id().type() + " " + row.remark())
                        .toList());
        assertEquals(2, results.unsteady().size());
    }

    @Test
    void keepsTheMarkInKernelsCsv() throws URISyntaxException {
        Path csv = folder.resolve("kernels.csv");

        KernelCsv.write(csv, real());

        assertEquals(real(), KernelCsv.read(csv));
    }

    /** The baseline was measured on a quiet host: of its rows, few have forks at two speeds. */
    @Test
    void marksFewRowsOfTheBaselineAsForksApart() {
        List<MeasuredRow> rows = KernelCsv.read(Path.of("results/kernels.csv")).measurements();

        List<String> apart = rows.stream()
                .filter(row -> steadiness(row.forkMedians().stream().map(value -> fork(value)).toList())
                        .equals(Steadiness.FORKS_APART))
                .map(row -> row.id().label())
                .toList();

        assertTrue(apart.size() <= 0.03 * rows.size(), apart::toString);
    }

    @Test
    void seesALevelThatChangesWithinMostForks() {
        double[] drifting = fork(10, 10.1, 12.5, 12.4, 12.6);
        double[] settled = fork(10, 10.2, 10.1, 9.9, 10);

        assertEquals(Steadiness.DRIFTING, steadiness(drifting));
        assertEquals(Steadiness.DRIFTING, steadiness(drifting, settled, drifting));
        assertEquals(Steadiness.STEADY, steadiness(drifting, settled, settled));
    }

    @Test
    void leavesOutliersToTheMedian() {
        assertEquals(Steadiness.STEADY, steadiness(fork(30, 10, 10.2, 10.1, 10)));
        assertEquals(Steadiness.STEADY, steadiness(fork(10, 10.2, 40, 10.1, 10)));
        assertEquals(Steadiness.STEADY, steadiness(fork(10), fork(10.1), fork(10.2), fork(9.9), fork(19)));
    }

    @Test
    void seesForksAtTwoSpeeds() {
        assertEquals(Steadiness.FORKS_APART, steadiness(fork(10), fork(12), fork(10.1), fork(12.1), fork(10)));
        assertEquals(Steadiness.FORKS_APART, steadiness(fork(10), fork(12)));
    }

    @Test
    void takesBusyCompilersForUnsettledCodeWhateverTheTimes() {
        List<double[]> forks = List.of(fork(10, 10, 10, 10, 10));

        assertEquals(Steadiness.COMPILING, Steadiness.of(forks, List.of(fork(0.9, 0.8, 0.9, 0.1, 0))));
        assertEquals(Steadiness.STEADY, Steadiness.of(forks, List.of(fork(0.9, 0.1, 0.2, 0.1, 0))));
        assertEquals(Steadiness.STEADY, Steadiness.of(forks, List.of()));
    }

    @Test
    void aSingleForkTellsNoSpreadAndNoError() {
        MeasuredRow row = new MeasuredRow(
                id(), "us/op", List.of(3.0), OptionalDouble.empty(), Steadiness.STEADY);

        assertEquals("steady, 1 fork", row.remark());
        assertTrue(row.spread().isEmpty() && row.error().isEmpty());
    }

    private static BenchmarkId id() {
        return new BenchmarkId("p.B.add", "simd", "fp32", "8", "avgt");
    }

    private static Steadiness steadiness(double[]... forks) {
        return steadiness(List.of(forks));
    }

    private static Steadiness steadiness(List<double[]> forks) {
        return Steadiness.of(
                forks, Stream.generate(IDLE_COMPILERS::getFirst).limit(forks.size()).toList());
    }

    private static double[] fork(double... values) {
        return values;
    }

    private static BenchmarkResults real() throws URISyntaxException {
        return BenchmarkResults.read(
                Path.of(Objects.requireNonNull(SteadinessTest.class.getResource("steadiness.json")).toURI()));
    }
}
