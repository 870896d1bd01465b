package dev.infermark.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills commands that write at random moments: every file is as it was before or as it is afterwards, and the next
 * start of the command finishes the work. Runs {@code infermark.kills} times, which {@code -Pfuzz} sets; by default not
 * at all.
 */
class KilledCommandsTest {
    private static final int KILLS = Integer.getInteger("infermark.kills", 0);
    private static final long SEED = Long.getLong("infermark.fuzz.seed", 20_230_420);
    private static final int WRITERS = 10;

    private static final String GRID =
            """
            {"model_name":["resnet50","bert-base-uncased"],"instance_type":["inf1.xlarge","inf2.xlarge"],
            "batch_size":{"from":1,"to":400},"n_models":[1,2]}
            """;

    /** Files that are there when a command starts. */
    private static final Map<String, String> BEFORE = Map.of(
            "run/kernels.csv", Subjects.BESIDE.get("run/kernels.csv"),
            "run/provenance.csv", Subjects.BESIDE.get("run/provenance.csv"),
            "results.json", Subjects.BESIDE.get("baseline.json"),
            "history.csv", "benchmark,run,value,unit,direction\na.B.c:size=1,1,100,ns/op,lower\n",
            "parameters.json", "{\"old\":\"content\"}\n",
            "grid.json", GRID);

    private static final List<List<String>> COMMANDS = List.of(
            List.of("regress", "history", "append", "--run", "2", "--file", "history.csv", "--results", "results.json"),
            List.of("publish", "--run", "run", "--project", ".", "--allow", "smoke,incomplete"),
            List.of("report", "--run", "run", "--out", "page"),
            List.of("calibrate", "--device", "inf1", "--out", "parameters.json"),
            List.of("sweep", "--grid", "grid.json", "--out", "rows.csv"));

    @TempDir
    private Path folder;

    @Test
    void leaveEveryFileWholeOrAbsent() throws Exception {
        assumeTrue(KILLS > 0);
        SplittableRandom random = new SplittableRandom(SEED);
        int interrupted = 0;
        for (List<String> command : COMMANDS) {
            Path whole = prepared(command.getFirst() + "-whole");
            long before = System.nanoTime();
            assertEquals(0, start(whole, command).waitFor());
            long nanos = System.nanoTime() - before;
            Map<String, byte[]> after = files(whole);
            for (int i = 0; i < KILLS / COMMANDS.size(); i++) {
                Path place = prepared(command.getFirst() + i);
                Process process = start(place, command);
                if (!process.waitFor(random.nextLong(nanos), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly().waitFor();
                    interrupted++;
                }
                assertWhole(place, after, command);
                int again = start(place, command).waitFor();
                assertTrue(again == 0 || (again == 2 && command.contains("append")), () -> command + ": " + again);
                Map<String, byte[]> finished = files(place);
                after.forEach((name, content) -> assertArrayEquals(content, finished.get(name), name));
            }
        }
        assertTrue(interrupted > KILLS / 2, "of " + KILLS + " only " + interrupted + " were killed in time");
    }

    @Test
    void tenWritersAtOnceLoseNoRunOfAHistory() throws Exception {
        assumeTrue(KILLS > 0);
        Path place = prepared("writers");
        List<Process> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(start(place, List.of("regress", "history", "append", "--run", "w" + i, "--file", "history.csv",
                    "--results", "results.json")));
        }
        for (Process writer : writers) {
            assertEquals(0, writer.waitFor());
        }
        List<String> lines = Files.readAllLines(place.resolve("history.csv"));
        for (int i = 0; i < WRITERS; i++) {
            String run = ",w" + i + ",";
            assertEquals(3, lines.stream().filter(line -> line.contains(run)).count(), run);
        }
    }

    private static void assertWhole(Path place, Map<String, byte[]> after, List<String> command) throws IOException {
        for (Map.Entry<String, byte[]> file : files(place).entrySet()) {
            String old = BEFORE.get(file.getKey());
            boolean isOld = old != null && new String(file.getValue(), StandardCharsets.UTF_8).equals(old);
            boolean isNew = after.containsKey(file.getKey())
                    && Arrays.equals(file.getValue(), after.get(file.getKey()));
            // The list of the files that a folder has is written first, and names old and new ones meanwhile.
            assertTrue(isOld || isNew || file.getKey().endsWith("infermark-files.sha256"),
                    () -> command + " left a part of " + file.getKey());
        }
    }

    private Path prepared(String name) throws IOException {
        Path place = folder.resolve(name);
        for (Map.Entry<String, String> each : BEFORE.entrySet()) {
            Path file = place.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, each.getValue());
        }
        return place;
    }

    /** What others see: hidden files are those that are being written. */
    private static Map<String, byte[]> files(Path place) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> tree = Files.walk(place)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith(".") && !name.contains(".part")) {
                    files.put(place.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static Process start(Path place, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "--add-modules=jdk.incubator.vector",
                "-cp", System.getProperty("java.class.path"), "dev.infermark.cli.Infermark"));
        words.addAll(command);
        return new ProcessBuilder(words)
                .directory(place.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
