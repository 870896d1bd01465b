package dev.infermark.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.cli.Infermark;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.fuzz.Subject.Sign;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks a file of every kind at random and holds the command line to its laws: one line, a known status, bounded work,
 * no negative and no infinite number, output whole or absent.
 *
 * <p>{@code mvn verify} breaks each file a few times, the same way each time; {@code mvn verify -Pfuzz} goes on for
 * {@code fuzz.seconds}, from {@code fuzz.seed} on, and leaves what breaks a law in {@code target/fuzz}.
 */
class FuzzTest {
    private static final int ROUNDS = 3;
    private static final long SECONDS = Long.getLong("infermark.fuzz.seconds", 0);
    private static final long SEED = Long.getLong("infermark.fuzz.seed", 20_230_420);

    /** Generous beside the two seconds of a whole call, since the test machine has other work too. */
    private static final double MOST_CPU_SECONDS = 10;

    /** What the commands of regression say of few runs. */
    private static final int CANNOT_TELL = 3;

    private static final Set<Integer> KNOWN = Set.of(0, 1, 2, 3, 4);

    /** Columns whose words come from the files, where they may be anything. */
    private static final Set<String> WORDS = Set.of(
            "layer", "name", "operator", "inputs", "outputs", "model_name", "benchmark", "run", "commit", "unit",
            "direction", "time", "fork", "device", "batch_size", "sequence_length", "section", "figure", "source", "id",
            "reason", "refused", "quantity", "instance_type", "price_basis", "price_region", "price_date", "note");
    private static final Pattern NO_NUMBER = Pattern.compile("NaN|[-+−]?(Infinity|∞).*");
    private static final Pattern NEGATIVE = Pattern.compile("[-−]\\d.*");

    @TempDir
    private Path folder;

    @Test
    void noBrokenFileBreaksALaw() throws IOException {
        List<Subject> subjects = new ArrayList<>(Subjects.all());
        if (SECONDS > 0) {
            subjects.addAll(Subjects.slow());
        }
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        List<String> broken = new ArrayList<>();
        for (long seed = SEED; seed < SEED + ROUNDS || System.nanoTime() < end; seed++) {
            for (Subject subject : subjects) {
                byte[] bytes = new Mutator(31 * seed + subject.name().hashCode()).mutate(subject.sample());
                try {
                    hold(subject, bytes);
                } catch (AssertionError e) {
                    broken.add(keep(subject, seed, bytes) + ": " + subject + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void noWholeFileIsRefused() throws IOException {
        for (Subject subject : Subjects.all()) {
            StringWriter err = new StringWriter();
            int status = run(subject, subject.sample(), new StringWriter(), err);
            assertTrue(status == 0 || status == CANNOT_TELL, () -> subject + ": " + status + ": " + err);
        }
    }

    private void hold(Subject subject, byte[] bytes) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int status = run(subject, bytes, out, err);
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        assertTrue(KNOWN.contains(status), () -> "status " + status + ": " + err);
        assertTrue(seconds < MOST_CPU_SECONDS, () -> seconds + " s");
        assertFalse(err.toString().contains("INFERMARK_MEMORY"), () -> "memory: " + err);
        if (status == 2) {
            assertEquals(1, err.toString().lines().filter(line -> line.startsWith("infermark: ")
                    && !line.startsWith("infermark: note:")).count(), () -> "not one line: " + err);
            assertFalse(err.toString().matches("(?s).*(Exception|\\tat |[\\x00-\\x08\\x1b]).*"), () -> "words: " + err);
        }
        assertWhole(out.toString(), subject.sign());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                assertFalse(file.toString().endsWith(".part"), () -> "left " + file);
            }
        }
        Path written = folder.resolve("out.csv");
        if (Files.exists(written)) {
            assertWhole(Files.readString(written), Sign.ANY);
        }
    }

    private static void assertWhole(String csv, Sign sign) {
        assertTrue(csv.isEmpty() || csv.endsWith("\n"), () -> "cut: " + csv);
        if (csv.contains(",")) {
            List<String> columns = List.of(csv.lines().findFirst().orElseThrow().split(","));
            for (CsvRow row : CsvReader.rows("output", csv, List.of())) {
                columns.forEach(column -> assertNumber(column, row.text(column), sign));
            }
        }
    }

    private static void assertNumber(String column, String cell, Sign sign) {
        boolean isBad = NO_NUMBER.matcher(cell).matches()
                || (sign == Sign.NOT_NEGATIVE && NEGATIVE.matcher(cell).matches());
        assertFalse(isBad && !WORDS.contains(column), () -> column + " is " + cell);
    }

    private int run(Subject subject, byte[] bytes, StringWriter out, StringWriter err) throws IOException {
        clear();
        for (Map.Entry<String, String> each : Subjects.BESIDE.entrySet()) {
            write(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8));
        }
        write(subject.file(), subject.packing().apply(bytes));
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), subject.arguments(folder));
    }

    private void clear() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static Path keep(Subject subject, long seed, byte[] bytes) throws IOException {
        Path kept = Files.createDirectories(Path.of("target/fuzz"));
        String name = subject.name().replaceAll("\\W", "-") + "-" + seed + "-"
                + subject.file().substring(subject.file().lastIndexOf('/') + 1);
        return Files.write(kept.resolve(name), bytes);
    }
}
