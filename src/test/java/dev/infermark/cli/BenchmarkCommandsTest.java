package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class BenchmarkCommandsTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void benchPrintsWhatItMeasured() {
        int status = run("bench", "--profile", "smoke", "--out", folder.toString(), "--only", "SampleBenchmark.sum",
                "--format", "csv");

        assertEquals(0, status, err::toString);
        List<String> lines = out.toString().lines().toList();
        assertEquals(
                "operation,type,shape,implementation,unit,median,error,share_of_limit_percent,steadiness",
                lines.get(0));
        assertTrue(lines.get(1).startsWith("sum,fp64,64,,us/op,"), () -> lines.get(1));
        assertTrue(Files.exists(folder.resolve("provenance.csv")));
    }

    @Test
    void benchRefusesAnUnknownProfileByName() {
        assertEquals(2, run("bench", "--profile", "hasty"));
        assertTrue(err.toString().contains("'hasty'") && err.toString().contains("quick"), err::toString);
    }

    @Test
    void benchmarksPassesEveryArgumentToJmh() throws IOException {
        Path results = folder.resolve("list.json");

        String listed = standardOutputOf("benchmarks", "-l", "-rff", results.toString(), "SampleBenchmark.(sum|thr)");

        assertEquals("""
                Benchmarks:\s
                dev.infermark.bench.SampleBenchmark.sum
                dev.infermark.bench.SampleBenchmark.thrower
                """, listed);
    }

    @Test
    void benchmarksLeavesHelpToJmh() throws IOException {
        assertTrue(standardOutputOf("benchmarks", "-h").contains("-rff <filename>"));
    }

    @Test
    void publishRefusesAFolderWithoutARun() {
        assertEquals(2, run("publish", "--run", folder.toString(), "--project", folder.toString()));
        assertEquals(
                "infermark: " + folder + " holds no finished run (no kernels.csv): run 'mvn verify -Pbench' to its end",
                err.toString().strip());
    }

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    /** JMH prints to the standard output alone. */
    private String standardOutputOf(String... arguments) throws IOException {
        PrintStream standard = System.out;
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            assertEquals(0, run(arguments), err::toString);
            return bytes.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(standard);
        }
    }
}
