package dev.infermark.regress.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.jmh.JmhFixture;
import dev.infermark.regress.history.HistoryLine;
import dev.infermark.regress.select.ForkStatistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryImportTest {
    @TempDir
    private Path folder = Path.of("");

    private static List<HistoryLine> read(Path source) {
        return HistoryImport.read(source, ForkStatistic.MEDIAN, Optional.empty());
    }

    @Test
    void readsAFolderOfJmhResultsNamedByCommitInTheOrderTheyWereWritten() throws IOException {
        Path later = new JmhFixture().benchmark("a.B.c", 2, 2).write(folder.resolve("aaaa.json"));
        Path first = new JmhFixture().benchmark("a.B.c", 2, 2).write(folder.resolve("bbbb.json"));
        Files.setLastModifiedTime(first, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(later, FileTime.fromMillis(2_000));

        List<HistoryLine> lines = read(folder);

        assertEquals(List.of("bbbb", "bbbb", "aaaa", "aaaa"), lines.stream().map(HistoryLine::run).toList());
        assertEquals("bbbb", lines.getFirst().commit());
    }

    @Test
    void readsTheDataOfGithubActionBenchmark() throws IOException {
        Path data = Files.writeString(folder.resolve("data.js"), """
                window.BENCHMARK_DATA = {"lastUpdate": 2, "entries": {"JMH": [
                  {"commit": {"id": "c2"}, "date": 2000, "tool": "jmh",
                   "benches": [{"name": "a", "value": 5.5, "unit": "us/op"}]},
                  {"commit": {"id": "c1"}, "date": 1000, "tool": "customBiggerIsBetter",
                   "benches": [{"name": "a", "value": 5, "unit": "MB/s"}]}]}}
                """);

        List<HistoryLine> lines = read(data);

        assertEquals(List.of("c1", "c2"), lines.stream().map(HistoryLine::run).toList());
        assertEquals(
                List.of(Direction.HIGHER, Direction.LOWER),
                lines.stream().map(HistoryLine::direction).toList());
        assertEquals("1970-01-01T00:00:01Z", lines.getFirst().time());
    }

    @Test
    void readsTheCsvOfOtavaOneColumnPerMetric() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("otava.csv"),
                "time,commit,p50,p99,branch\n2024-01-02,b,1.5,2,main\n2024-01-01,a,1,,main\n");

        List<HistoryLine> lines =
                HistoryImport.read(csv, ForkStatistic.MEDIAN, Optional.of(Direction.LOWER));

        assertEquals(
                List.of("p50 a 1.0", "p50 b 1.5", "p99 b 2.0"),
                lines.stream().map(l -> l.benchmark() + " " + l.run() + " " + l.value()).toList());
        UserError e = assertThrows(UserError.class, () -> read(csv));
        assertTrue(String.valueOf(e.getMessage()).contains("give --direction"), e.getMessage());
    }

    @Test
    void keepsNothingThatIsNoFiniteNumber() throws IOException {
        Path gap = Files.writeString(folder.resolve("gap.csv"), "time,commit,p50\n2024-01-01,a,NaN\n2024-01-02,b,2\n");
        assertEquals(
                List.of("b"),
                HistoryImport.read(gap, ForkStatistic.MEDIAN, Optional.of(Direction.LOWER)).stream()
                        .map(HistoryLine::run)
                        .toList());
        Path csv = Files.writeString(folder.resolve("otava.csv"), "time,commit,p50\n2024-01-01,a,1e999\n");
        Path data = Files.writeString(
                folder.resolve("data.js"),
                "window.BENCHMARK_DATA = {\"entries\":{\"s\":[{\"tool\":\"jmh\",\"benches\":[{\"name\":\"a\","
                        + "\"value\":-1e999,\"unit\":\"ns/op\"}]}]}}");
        for (Path file : List.of(csv, data)) {
            assertThrows(
                    UserError.class,
                    () -> HistoryImport.read(file, ForkStatistic.MEDIAN, Optional.of(Direction.LOWER)));
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "x");
        Path cut = Files.writeString(folder.resolve("data.js"), "window.BENCHMARK_DATA = {\"entries\": {");

        assertThrows(UserError.class, () -> read(text));
        assertThrows(UserError.class, () -> read(cut));
    }
}
