package dev.infermark.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.KernelCsv;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.jmh.Provenance;
import dev.infermark.jmh.Provenance.Fact;
import dev.infermark.kernel.gpsimd.CustomOperators;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each test runs real JMH forks in the smoke profile. */
class BenchmarkRunnerTest {
    private static final String PREFIX = "dev.infermark.bench.SampleBenchmark.";

    @TempDir
    private Path temporary = Path.of("");

    private final StringWriter progress = new StringWriter();

    @Test
    void leavesJsonCsvAndProvenanceOfEveryRowPlanned() {
        RunFolder folder = new RunFolder(temporary.resolve("new/run"));

        BenchmarkResults results = run(folder, "SampleBenchmark.(sum|allocator)$", 2, OptionalInt.empty());

        List<MeasuredRow> rows = results.measurements();
        assertEquals(
                List.of(
                        new BenchmarkId(PREFIX + "allocator", "", "", "", "avgt"),
                        new BenchmarkId(PREFIX + "sum", "", "fp64", "64", "avgt")),
                rows.stream().map(MeasuredRow::id).toList());
        assertEquals(List.of(2, 2), rows.stream().map(row -> row.forkMedians().size()).toList());
        assertEquals(results, BenchmarkResults.read(folder.jmhJson()));
        assertEquals(results, KernelCsv.read(folder.kernels()));
        JsonNode json = JsonMapper.shared().readTree(folder.jmhJson().toFile());
        assertEquals(List.of(2, 2), json.valueStream().map(row -> row.path("forks").intValue()).toList());
        requireProvenance(Provenance.readWhole(folder.provenance()));
        requireAllocations(rows);
        requireProgress();
    }

    private static void requireProvenance(Provenance provenance) {
        assertEquals("smoke", provenance.get(Fact.PROFILE));
        assertEquals("2", provenance.get(Fact.FORKS));
        assertEquals(System.getProperty("java.version"), provenance.get(Fact.JDK));
        assertEquals(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                provenance.get(Fact.VM));
        assertEquals(String.join(" ", ForkJvm.FLAGS), provenance.get(Fact.VM_FLAGS));
        assertEquals("compiler", provenance.get(Fact.BLACKHOLE));
        assertEquals("no", provenance.get(Fact.PINNED));
        assertTrue(
                provenance.get(Fact.PEERS).startsWith("ejml 0.46.1, ojalgo 57.1.0, "),
                () -> provenance.get(Fact.PEERS));
    }

    /** An array of 1000 longs with its header, and sums of numbers that are there already; JMH adds a little. */
    private static void requireAllocations(List<MeasuredRow> rows) {
        assertEquals(8016, rows.getFirst().allocatedBytes().orElseThrow(), 16);
        assertEquals(0, rows.getLast().allocatedBytes().orElseThrow(), 1);
    }

    /** One line for each fork, and one fork of every row before the next of any. */
    private void requireProgress() {
        List<String> lines =
                progress.toString().lines().filter(line -> line.startsWith("[")).toList();
        assertTrue(lines.getFirst().startsWith("[1/4] SampleBenchmark.allocator (0:00 elapsed"), lines::getFirst);
        assertEquals(
                List.of(
                        "[1/4] SampleBenchmark.allocator",
                        "[2/4] SampleBenchmark.sum fp64 64",
                        "[3/4] SampleBenchmark.allocator",
                        "[4/4] SampleBenchmark.sum fp64 64"),
                lines.stream().map(line -> line.replaceFirst(" \\(.*", "")).toList());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void confinesForksToTheCoreAskedFor() {
        RunFolder folder = new RunFolder(temporary);

        // Cores that the JVM may use: one for one thread, and the next one as well for two.
        BenchmarkResults results = run(folder, "SampleBenchmark.(cores|coresTwoThreads)$", OptionalInt.of(0));

        assertEquals(2, results.measurements().size());
        assertEquals("core 0, for two threads " + PinnedForks.cores(0, 2),
                Provenance.readWhole(folder.provenance()).get(Fact.PINNED));
    }

    @Test
    void refusesACoreThatIsNotThere() {
        String message = refusal(() -> run(new RunFolder(temporary), "SampleBenchmark.sum", OptionalInt.of(4096)));

        assertTrue(message.startsWith("cannot pin to core 4096: name a core of this machine (0 to "), message);
    }

    @Test
    void refusesToMeasureInNoFork() {
        String message = refusal(() -> run(new RunFolder(temporary), "SampleBenchmark.sum", 0, OptionalInt.empty()));

        assertEquals("cannot measure in 0 forks: name 1 or more", message);
    }

    @Test
    void endsAfterTheRoundThatLostRowsAndNamesThoseThatThrewOrEndedTheirJvm() throws IOException {
        RunFolder folder = new RunFolder(temporary);
        Files.writeString(folder.kernels(), "of an earlier run");

        String message =
                refusal(() -> run(folder, "SampleBenchmark.(thrower|quitter|sum)", 3, OptionalInt.empty()));

        assertEquals(
                "these benchmarks failed: SampleBenchmark.quitter (forked VM failed with exit code 3),"
                        + " SampleBenchmark.thrower (java.lang.IllegalStateException: boom); fix them, "
                        + folder.jmhLog() + " holds the whole traces",
                message);
        assertEquals(3, progress.toString().lines().filter(line -> line.startsWith("[")).count());
        JsonNode json = JsonMapper.shared().readTree(folder.jmhJson().toFile());
        assertEquals(1, json.size());
        assertEquals(3, json.get(0).path("forks").intValue());
        assertEquals(1, json.get(0).path("primaryMetric").path("rawData").size());
        assertFalse(Files.exists(folder.kernels()));
        assertFalse(Files.exists(folder.provenance()));
    }

    @Test
    void failsWhereNothingSurvived() {
        String message = refusal(() -> run(new RunFolder(temporary), "SampleBenchmark.thrower"));

        assertTrue(message.startsWith("these benchmarks failed: SampleBenchmark.thr"), message);
    }

    @Test
    void refusesToRunNothingAndLeavesTheFolderAlone() throws IOException {
        RunFolder folder = new RunFolder(temporary);
        Files.writeString(folder.kernels(), "earlier");

        String message = refusal(() -> run(folder, "NoSuchBenchmark"));

        assertEquals(
                "no benchmark matches 'NoSuchBenchmark': 'infermark benchmarks -l' lists them", message);
        assertTrue(Files.exists(folder.kernels()));
    }

    @Test
    void refusesABrokenRegularExpression() {
        String message = refusal(() -> run(new RunFolder(temporary), "(sum"));

        assertEquals("'(sum' is no regular expression: Unclosed group", message);
    }

    @Test
    void refusesAFolderThatIsAFile() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        String message = refusal(() -> run(new RunFolder(file), "SampleBenchmark.sum"));

        assertTrue(message.startsWith("cannot write results into " + file), message);
    }

    private BenchmarkResults run(RunFolder folder, String regex) {
        return run(folder, regex, OptionalInt.empty());
    }

    private BenchmarkResults run(RunFolder folder, String regex, OptionalInt core) {
        return run(folder, regex, 1, core);
    }

    private BenchmarkResults run(RunFolder folder, String regex, int forks, OptionalInt core) {
        PrintWriter writer = new PrintWriter(progress, true);
        return new BenchmarkRunner(CustomOperators.none(), BenchmarkProfile.SMOKE, forks, core, folder, writer)
                .run(regex);
    }

    private static String refusal(Executable action) {
        return String.valueOf(assertThrows(UserError.class, action).getMessage());
    }
}
