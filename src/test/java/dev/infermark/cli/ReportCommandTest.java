package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.KernelCsv;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.jmh.Provenance;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {
    /** A project with a finished run, reported once for all tests that only read the report. */
    @TempDir
    private static Path shared = Path.of("");

    private static final StringWriter SHARED_OUT = new StringWriter();

    @TempDir
    private Path project = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private RunFolder run = new RunFolder(Path.of(""));
    private Path folder = Path.of("");

    @BeforeAll
    static void reportOnce() {
        RunFolder run = run(shared);
        finishARun(run.kernels(), run.provenance());
        StringWriter err = new StringWriter();
        assertEquals(0, report(run, shared, report(shared), SHARED_OUT, err), err::toString);
    }

    @BeforeEach
    void name() {
        run = run(project);
        folder = report(project);
    }

    private static RunFolder run(Path project) {
        return new RunFolder(project.resolve("results/run"));
    }

    private static Path report(Path project) {
        return project.resolve("reports/run");
    }

    private static int report(RunFolder run, Path project, Path folder, StringWriter out, StringWriter err) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), "report", "--run", run.path().toString(),
                "--baseline", project.resolve("results").toString(), "--out", folder.toString());
    }

    @Test
    void namesThePageToOpenInItsLastLine() {
        assertEquals(
                "open " + report(shared).resolve("index.html"),
                SHARED_OUT.toString().lines().toList().getLast());
    }

    @Test
    void writesEverySectionAndLabelsEveryKind() throws IOException {
        folder = report(shared);

        String page = page();
        for (String title : List.of("How many times better is Inf2?", "The blog&#x27;s table", "How far to trust it",
                "What bounds each layer", "Kernels on this host beside Inf1 and Inf2",
                "How the numbers were made")) {
            assertTrue(page.contains("<h2>" + title + "</h2>"), title);
        }
        for (String kind : List.of("measured", "modelled", "published", "derived")) {
            assertTrue(page.contains("<span class=\"kind " + kind + "\""), kind);
        }
        assertTrue(page.contains("Measured on test of cpu"), "host");
        String markdown = Files.readString(folder.resolve("report.md"));
        assertTrue(markdown.contains("## Kernels on this host beside Inf1 and Inf2"), markdown);
        assertTrue(markdown.contains("![How long does a call take?](blog-latency.svg)"), markdown);
    }

    @Test
    void fetchesNothing() throws IOException {
        folder = report(shared);

        String page = page();
        List<String> references = Pattern.compile("(?:src|srcset|href)=\"([^\"]*)|(url\\(|@import|<script src|<link)")
                .matcher(page).results()
                .map(match -> match.group(match.group(1) == null ? 2 : 1))
                .filter(target -> !Files.exists(folder.resolve(target)) && !target.startsWith("#"))
                .toList();
        assertEquals(List.of(), references);
    }

    @Test
    void linksOnlyFilesThatItWrites() throws IOException {
        folder = report(shared);

        List<String> links = Pattern.compile("\\]\\(([^)]+\\.(?:svg|csv))\\)")
                .matcher(Files.readString(folder.resolve("report.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertTrue(links.size() >= 30, links::toString);
        links.forEach(name -> assertTrue(Files.exists(folder.resolve(name)), name));
    }

    @Test
    void joinsKernelsWithBothGenerations() throws IOException {
        folder = report(shared);

        List<String> lines = Files.readAllLines(folder.resolve("kernels.csv"));
        assertEquals("operation,type,shape,measured_simd_us,measured_simd_error_us,steadiness,simd_over_reference,"
                        + "modelled_inf1_us,modelled_inf2_us",
                lines.getFirst());
        assertTrue(
                lines.get(1).matches("matmul,bf16,128x1024x1024,50,2\\.4[0-9]*,unknown,-,16\\.384,2\\.92571.*"),
                lines.get(1));
        assertTrue(
                lines.get(2).matches("matmul,fp32,128x1024x1024,100,2\\.4[0-9]*,unknown,4,unsupported,11\\.7.*"),
                lines.get(2));
        assertEquals(3, lines.size(), lines::toString);
        String rows = Files.readString(folder.resolve("kernels-rows.csv"));
        assertTrue(rows.contains("\nmultiplyAdd,fp32,128x1024x1024,simd,70,"), rows);
        assertTrue(Files.exists(folder.resolve("kernels-cores.svg")));
    }

    @Test
    void setsKernelsAgainstPeersAndTheLimitOfTheMachine() throws IOException {
        folder = report(shared);

        // The matmul's flops take 70 µs by the reference benchmark, more than its bytes take.
        List<String> summary = Files.readAllLines(folder.resolve("kernels-summary.csv"));
        assertEquals(
                "operation,type,against,shapes,geometric_mean,geometric_mean_error_percent,unsteady_shapes,worst,"
                        + "worst_shape",
                summary.getFirst());
        assertTrue(
                summary.stream().anyMatch(line -> line.matches("matmul,fp32,ejml,1,2,[0-9.]+,0,2,128x1024x1024")),
                summary::toString);
        assertTrue(summary.stream().anyMatch(line -> line.startsWith("matmul,fp32,limit,1,0.7")), summary::toString);
        List<String> rows = Files.readAllLines(folder.resolve("kernels-peers.csv"));
        assertEquals(
                "operation,type,shape,measured_rate,measured_rate_error,rate_unit,steadiness,share_of_limit_percent,"
                        + "over_ejml",
                rows.getFirst());
        String matmul = "matmul,fp32,128x1024x1024,2684\\.35,6[67][0-9.]*,GFLOP/s,unknown,(70|69\\.9+)[0-9.]*,2";
        assertTrue(rows.stream().anyMatch(row -> row.matches(matmul)), rows::toString);
        // Twice the rate of the limit: the limit is at fault, and none.
        assertTrue(rows.stream().anyMatch(row -> row.matches("matmul,bf16.*,N/A,.*")), rows::toString);
        assertTrue(Files.exists(folder.resolve("kernels-peers-speed.svg")));
    }

    @Test
    void saysNotAvailableForTheLimitOfARunWithoutReferenceBenchmarks() throws IOException {
        KernelCsv.write(run.kernels(), new BenchmarkResults(
                List.of(row("TensorEngineBenchmark.matmul", "simd", "fp32", "128x1024x1024", 100))));
        writeProvenance(run.provenance());
        report();

        assertTrue(Files.readString(folder.resolve("kernels-peers.csv")).contains(",GFLOP/s,unknown,N/A"), "share");
        assertTrue(page().contains("No other library was measured beside our kernels"), "notice");
    }

    @Test
    void saysWhatToRunWhereNothingWasMeasured() throws IOException {
        report();

        assertTrue(page().contains("No measurements yet: run “mvn verify -Pbench”"), "notice");
        assertFalse(Files.exists(folder.resolve("kernels.csv")));
        assertTrue(Files.exists(folder.resolve("blog.csv")));
    }

    @Test
    void labelsTheCommittedBaselineAsNotMeasuredHere() throws IOException {
        finishARun(project.resolve("results/kernels.csv"), project.resolve("results/kernels-provenance.csv"));
        report();

        assertTrue(page().contains("Not measured on this host: this is the baseline committed"), "notice");
        assertTrue(Files.exists(folder.resolve("kernels.csv")));
    }

    @Test
    void replacesAnEarlierReportWholeAndLeavesFilesOfOthersAlone() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("notes.md"), "mine");
        Files.writeString(folder.resolve("data.csv"), "1,2");
        finishARun(run.kernels(), run.provenance());
        report();
        Files.delete(run.kernels());
        report();

        assertFalse(Files.exists(folder.resolve("kernels.csv")));
        assertFalse(Files.exists(folder.resolve("kernels-peers-speed.svg")));
        assertEquals("mine", Files.readString(folder.resolve("notes.md")));
        assertEquals("1,2", Files.readString(folder.resolve("data.csv")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "report.md", "blog.csv"})
    void refusesToReplaceAFileThatItDidNotWrite(String name) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), "mine");
        String[] arguments = {"report", "--run", run.path().toString(), "--out", folder.toString()};
        assertEquals(2, Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
        assertEquals("mine", Files.readString(folder.resolve(name)));
    }

    @Test
    void writesTheSameFilesFromTheSameRun() throws IOException {
        assertEquals(0, report(run(shared), shared, folder, out, err), err::toString);

        assertEquals(contents(report(shared)), contents(folder));
    }

    @Test
    void refusesABrokenRunAndWritesNothing() throws IOException {
        finishARun(run.kernels(), run.provenance());
        Files.writeString(run.kernels(), "benchmark,operation\nx");

        assertEquals(2, report(run, project, folder, out, err));
        assertTrue(err.toString().contains(run.kernels().toString()), err::toString);
        assertFalse(Files.exists(folder));
    }

    private void report() {
        assertEquals(0, report(run, project, folder, out, err), err::toString);
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("index.html"));
    }

    /** Every file but for the date of the report. */
    private Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                contents.put(
                        file.getFileName().toString(), text.replaceAll("Report written on \\d{4}-\\d\\d-\\d\\d", ""));
            }
        }
        return contents;
    }

    private static void finishARun(Path kernels, Path provenance) {
        KernelCsv.write(kernels, new BenchmarkResults(List.of(
                row("TensorEngineBenchmark.matmul", "simd", "fp32", "128x1024x1024", 100),
                row("TensorEngineBenchmark.matmul", "reference", "fp32", "128x1024x1024", 400),
                row("TensorEngineBenchmark.Ejml.matmul", "ejml", "fp32", "128x1024x1024", 200),
                row("TensorEngineBenchmark.matmul", "simd", "bf16", "128x1024x1024", 50),
                row("HostPeakBenchmark.multiplyAdd", "simd", "fp32", "128x1024x1024", 70),
                row("HostBandwidthBenchmark.read", "simd", "fp32", "262144", 10),
                row("HostBandwidthBenchmark.copy", "simd", "fp32", "262144", 20))));
        writeProvenance(provenance);
    }

    private static void writeProvenance(Path provenance) {
        new Provenance(Arrays.stream(Provenance.Fact.values())
                        .collect(Collectors.toMap(Function.identity(), fact -> "test of " + fact.key())))
                .write(provenance);
    }

    private static MeasuredRow row(String benchmark, String implementation, String type, String shape, double micros) {
        BenchmarkId id = new BenchmarkId("dev.infermark.bench." + benchmark, implementation, type, shape, "avgt");
        return new MeasuredRow(
                id, "us/op", List.of(micros - 1, micros, micros + 1), OptionalDouble.empty());
    }
}
