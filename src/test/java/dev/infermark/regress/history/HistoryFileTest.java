package dev.infermark.regress.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.parse.HistoryCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    private Path folder;

    private static List<HistoryLine> run(String name, int forks) {
        return IntStream.rangeClosed(1, forks)
                .mapToObj(i -> new HistoryLine("a.B:avgt", name, 10 + i, "ns/op", Direction.LOWER, "c0ffee", "", i))
                .toList();
    }

    @Test
    void createsTheFileAndReadsItBack() {
        Path file = folder.resolve("deep/history.csv");

        assertEquals(List.of(), new HistoryFile(file).append(run("1", 3)));
        new HistoryFile(file).append(run("2", 3));

        assertEquals(
                List.of(12.0, 12.0),
                HistoryCsv.read(file).series().getFirst().runs().stream()
                        .map(r -> r.value())
                        .toList());
    }

    @Test
    void losesNothingWhenManyAppendAtOnce() throws Exception {
        Path file = folder.resolve("history.csv");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<String>>> appends = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> new HistoryFile(file).append(run("r" + i, 5))))
                    .toList();
            for (Future<List<String>> append : appends) {
                assertEquals(List.of(), append.get());
            }
        }

        assertEquals(1 + 40 * 5, Files.readAllLines(file).size());
        assertEquals(40, HistoryCsv.read(file).series().getFirst().runs().size());
    }

    @Test
    void reportsACutLastLineAndAppendsInItsPlace() throws IOException {
        Path file = folder.resolve("history.csv");
        new HistoryFile(file).append(run("1", 1));
        String whole = Files.readString(file);
        Files.writeString(file, whole + "a.B:avgt,2,1");

        List<String> notes = new HistoryFile(file).append(run("3", 1));

        assertTrue(notes.getFirst().contains("was cut"), notes::toString);
        assertTrue(notes.getFirst().contains("'a.B:avgt,2,1'"), notes::toString);
        assertEquals(whole + "a.B:avgt,3,11.0,ns/op,lower,c0ffee,,1\n", Files.readString(file));
        assertEquals(List.of(), HistoryCsv.read(file).notes());
    }

    @Test
    void leavesNothingOfACutLineLongerThanWhatIsAppended() throws IOException {
        Path file = Files.writeString(
                folder.resolve("history.csv"), "benchmark,run,value\n" + "long".repeat(100) + ",2,12");

        new HistoryFile(file).append(run("3", 1));

        assertEquals("benchmark,run,value\na.B:avgt,3,11.0\n", Files.readString(file));
    }

    @Test
    void refusesToAppendToAHeaderThatMayBeCut() throws IOException {
        Path file = Files.writeString(folder.resolve("history.csv"), "benchmark,run,value,uni");

        assertThrows(UserError.class, () -> new HistoryFile(file).append(run("1", 1)));
        assertEquals("benchmark,run,value,uni", Files.readString(file));
    }

    @Test
    void keepsTheColumnsOfAnExistingFile() throws IOException {
        Path file = Files.writeString(folder.resolve("history.csv"), "run,benchmark,machine,value\n1,x,m,5\n");

        new HistoryFile(file).append(run("2", 1));

        assertEquals("2,a.B:avgt,,11.0", Files.readAllLines(file).getLast());
    }

    @Test
    void appendsAsTheFileIsWritten() throws IOException {
        Path quoted = Files.writeString(
                folder.resolve("quoted.csv"), "\uFEFF\"benchmark\",\"Run\",\"value\"\n\"x\",1,5\n");
        Path semicolons = Files.writeString(folder.resolve("semicolons.csv"), "benchmark;run;value\na.B:avgt;1;1,5\n");

        new HistoryFile(quoted).append(run("2", 1));
        new HistoryFile(semicolons).append(run("2", 1));

        assertEquals("a.B:avgt,2,11.0", Files.readAllLines(quoted).getLast());
        assertEquals("a.B:avgt;2;11,0", Files.readAllLines(semicolons).getLast());
        assertArrayEquals(
                new double[] {1.5, 11}, HistoryCsv.read(semicolons).series().getFirst().values());
        assertEquals(2, HistoryCsv.read(quoted).series().size());
    }

    @Test
    void refusesARunThatTheFileHoldsAlready() throws IOException {
        Path file = folder.resolve("history.csv");
        new HistoryFile(file).append(run("1", 2));
        String before = Files.readString(file);

        UserError e = assertThrows(UserError.class, () -> new HistoryFile(file).append(run("1", 2)));

        assertTrue(String.valueOf(e.getMessage()).contains("a.B:avgt of run 1 already"), e.getMessage());
        assertEquals(before, Files.readString(file));
    }

    @Test
    void takesARunAgainThatHadNoValue() throws IOException {
        Path file = Files.writeString(folder.resolve("history.csv"), "benchmark,run,value\na.B:avgt,1,NaN\n");

        new HistoryFile(file).append(run("1", 1));

        assertArrayEquals(new double[] {11}, HistoryCsv.read(file).series().getFirst().values());
    }

    @Test
    void keepsTheLineEndsOfTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("history.csv"), "benchmark,run,value\r\na.B:avgt,1,5\r\n");

        new HistoryFile(file).append(run("2", 1));

        assertEquals("benchmark,run,value\r\na.B:avgt,1,5\r\na.B:avgt,2,11.0\r\n", Files.readString(file));
    }

    @Test
    void completesARunThatAnInterruptedAppendLeftInPart() throws IOException {
        Path file = folder.resolve("history.csv");
        new HistoryFile(file).append(run("1", 3));
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 20));

        List<String> notes = new HistoryFile(file).append(run("1", 3));

        assertEquals(whole, Files.readString(file));
        assertTrue(notes.getFirst().contains("held 2 of the 3 lines of run 1"), notes::toString);
    }

    @Test
    void refusesAUnitThatItsReadersCouldNotConvert() {
        Path file = folder.resolve("history.csv");
        new HistoryFile(file).append(run("1", 1));
        List<HistoryLine> rates =
                List.of(new HistoryLine("a.B:avgt", "2", 5, "ops/s", Direction.HIGHER, "", "", 1));

        UserError e = assertThrows(UserError.class, () -> new HistoryFile(file).append(rates));

        assertTrue(String.valueOf(e.getMessage()).contains("'ops/s' does not convert"), e.getMessage());
    }

    @Test
    void losesNothingWhenProcessesAppendAtOnce() throws Exception {
        Path file = folder.resolve("history.csv");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(file, "p" + i, 6));
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }

        assertEquals(18, HistoryCsv.read(file).series().getFirst().runs().size());
        assertEquals(1 + 18 * 50, Files.readAllLines(file).size());
    }

    @Test
    void holdsOnlyWholeRunsWhenAnAppendIsKilled() throws Exception {
        Path file = folder.resolve("history.csv");
        new HistoryFile(file).append(run("0", 50));
        Process process = start(file, "p", 100_000);
        while (Files.readAllLines(file).size() < 1 + 3 * 50) {
            assertTrue(process.isAlive());
            Thread.sleep(1);
        }
        process.destroyForcibly().waitFor();

        assertEquals(1, Files.readAllLines(file).size() % 50);
        assertEquals(List.of(), new HistoryFile(file).append(run("after", 50)));
        assertTrue(HistoryCsv.read(file).notes().stream().noneMatch(note -> note.contains("cut")));
    }

    @Test
    @EnabledIfSystemProperty(named = "infermark.exhaustive", matches = "true")
    void losesNothingToTenProcessesAndTwoHundredKills() throws Exception {
        Path file = folder.resolve("history.csv");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            processes.add(start(file, "p" + i + "-", 20));
        }
        for (Process process : processes) {
            assertEquals(0, process.waitFor());
        }
        assertEquals(1 + 200 * 50, Files.readAllLines(file).size());

        SplittableRandom random = new SplittableRandom(1);
        for (int kill = 0; kill < 200; kill++) {
            Process process = start(file, "k" + kill + "-", 100_000);
            Thread.sleep(random.nextInt(150, 450));
            process.destroyForcibly().waitFor();
            assertEquals(1, Files.readAllLines(file).size() % 50);
        }
        assertEquals(List.of(), new HistoryFile(file).append(run("after", 50)));
    }

    /** Needs a small disk, such as one of {@code mount -t tmpfs -o size=256k tmpfs FOLDER}; it is filled. */
    @Test
    @EnabledIfSystemProperty(named = "infermark.small.disk", matches = ".+")
    void holdsOnlyWholeRunsWhenTheDiskIsFull() throws IOException {
        Path disk = Files.createTempDirectory(Path.of(System.getProperty("infermark.small.disk")), "full");
        Path file = disk.resolve("history.csv");
        int runs = 0;
        UserError full = null;
        while (full == null) {
            try {
                new HistoryFile(file).append(run("r" + runs, 50));
                runs++;
            } catch (UserError e) {
                full = e;
            }
        }

        assertTrue(String.valueOf(full.getMessage()).endsWith("the file is as it was"), full.getMessage());
        assertEquals(1 + runs * 50, Files.readAllLines(file).size());
        assertEquals(runs, HistoryCsv.read(file).series().getFirst().runs().size());
        ToldFile told = ToldFile.beside(file);
        Files.write(disk.resolve("filler"), new byte[(int) disk.toFile().getUsableSpace()]);
        List<String> notes = new ArrayList<>();
        told.update(
                log -> new SuiteLook(List.of(), log.and(List.of(new ToldLog.Looked(new Look("1", 1))))), notes::add);
        assertTrue(notes.getFirst().endsWith("what is told now is not remembered"), notes::toString);
        assertEquals(ToldLog.EMPTY, told.read());
        Files.delete(disk.resolve("filler"));
        assertTrue(new HistoryFile(disk.resolve("other.csv")).append(run("1", 50)).isEmpty());
    }

    private static Process start(Path file, String name, int runs) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        file.toString(),
                        name,
                        Integer.toString(runs))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A process that appends runs of fifty forks each. */
    static final class Appender {
        private Appender() {}

        /** Takes the file, a name and how many runs to append. */
        public static void main(String[] arguments) {
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                new HistoryFile(Path.of(arguments[0])).append(run(arguments[1] + i, 50));
            }
        }
    }

    @Test
    void refusesToAppendToAnotherKindOfFile() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "hello\n");

        assertThrows(UserError.class, () -> new HistoryFile(file).append(run("1", 1)));
        assertEquals("hello\n", Files.readString(file));
    }
}
