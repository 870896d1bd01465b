package dev.infermark.regress.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryCsvTest {
    @TempDir
    private Path folder;

    private HistoryCsv.Content read(String text) throws IOException {
        return HistoryCsv.read(Files.writeString(folder.resolve("history.csv"), text));
    }

    private double[] values(String text) throws IOException {
        return read(text).series().getFirst().values();
    }

    @Test
    void readsLineEndsOfAllSystemsAndAByteOrderMark() throws IOException {
        assertArrayEquals(new double[] {1.5, 2}, values("\uFEFFbenchmark,run,value\r\na,1,1.5\r\n\r\na,2,2\r\n"));
        assertArrayEquals(new double[] {1.5, 2}, values("benchmark,run,value\ra,1,1.5\ra,2,2\r"));
    }

    @Test
    void readsDecimalCommasBetweenSemicolonsAndInQuotes() throws IOException {
        assertArrayEquals(new double[] {1.5, 1234.5}, values("benchmark;run;value\na;1;1,5\na;2;1234,5\n"));
        assertArrayEquals(new double[] {1.5}, values("benchmark,run,value\na,1,\"1,5\"\n"));
    }

    @Test
    void ordersRunsByNumberElseByTimeElseAsWritten() throws IOException {
        assertArrayEquals(new double[] {2, 9, 10}, values("benchmark,run,value\na,10,10\na,9,9\na,2,2\n"));
        assertArrayEquals(
                new double[] {1, 2}, values("benchmark,run,value,time\na,x,2,2026-02-01\na,y,1,2026-01-01\n"));
        assertArrayEquals(new double[] {2, 1}, values("benchmark,run,value\na,x,2\na,y,1\n"));
    }

    @Test
    void ordersTimesByTheInstantWhateverTheirOffset() throws IOException {
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 5},
                values("""
                        benchmark,run,value,time
                        a,v,2,2026-03-01T00:30:00+02:00
                        a,w,1,2026-02-28T22:00:00Z
                        a,x,4,2026-02-28T20:00:00-0500
                        a,y,3,2026-03-01
                        a,z,5,1772330400
                        """));
    }

    @Test
    void takesTheMedianOfRowsThatShareARunAndSaysSo() throws IOException {
        HistoryCsv.Content content = read("benchmark,run,value\na,1,5\na,1,7\na,1,100\na,2,6\n");

        assertArrayEquals(new double[] {7, 6}, content.series().getFirst().values());
        assertTrue(content.notes().getFirst().contains("2 rows share"), () -> content.notes().toString());
    }

    @Test
    void leavesOutACutLineAndANaNAndReportsBoth() throws IOException {
        HistoryCsv.Content content = read("benchmark,run,value,unit\na,1,5,ns\na,2,NaN,ns\na,3,6,ns\na,4,7");

        assertArrayEquals(new double[] {5, 6}, content.series().getFirst().values());
        assertEquals(2, content.notes().size());
        assertTrue(content.notes().get(1).contains("line 5: the line is cut"), () -> content.notes().toString());
    }

    @Test
    void leavesOutALastLineThatNoLineFeedEndsForItsValueMayBeCut() throws IOException {
        HistoryCsv.Content content = read("benchmark,run,value\na,1,105\na,2,10");

        assertArrayEquals(new double[] {105}, content.series().getFirst().values());
        assertTrue(content.notes().getFirst().contains("line 3: the line is cut"), () -> content.notes().toString());
    }

    @Test
    void readsDirectionAndKeepsBenchmarksApart() throws IOException {
        List<Series> series = read("benchmark,run,value,unit,direction\nb,1,5,x,higher\na,1,6,ops/s,\n").series();

        assertEquals(List.of("a", "b"), series.stream().map(Series::benchmark).toList());
        assertEquals(List.of(Direction.HIGHER, Direction.HIGHER), series.stream().map(Series::direction).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is empty",
                "benchmark,run,value|holds no measured row",
                "benchmark,value~a,1|lacks the column run",
                "benchmark,run,value~a,1,1,5|line 2: more fields than the header has",
                "benchmark,run,value,unit~a,1,1,5|line 2: the unit is the number 5",
                "benchmark,run,value~a,1,-1|line 2: the value -1",
                "benchmark,run,value~a,1,\"1,500\"|could be read as two",
                "benchmark,run,value~a,1,fast|value is 'fast', which is no number",
                "benchmark,run,value~a,,1|line 2: no run",
                "benchmark,run,value,direction~a,1,1,up|direction is 'up'",
                "benchmark,run,value,unit~a,1,1,ns~a,2,1,ops/s|a is in 'ops/s'",
                "benchmark,run,value~a,1,\"1|quotes that do not pair at line 2",
                "benchmark,run,value,time~a,1,1,soon|line 2: 'soon' is no time",
                "benchmark,run,value,time~a,1,1,2026-02-30|line 2: '2026-02-30' is no time",
                "value,value,run~1,1,1|two columns named 'value'",
            })
    void refusesWhatCannotBeRightByItsLine(String text, String message) {
        UserError e = assertThrows(UserError.class, () -> read(text.replace('~', '\n') + '\n'));

        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @Test
    void convertsUnitsOfTimeToThatOfTheFirstRow() throws IOException {
        Path file = Files.writeString(
                folder.resolve("units.csv"), "benchmark,run,value,unit\na,1,412000,ns/op\na,2,0.5,ms/op\n");

        assertArrayEquals(
                new double[] {412_000, 500_000},
                HistoryCsv.read(file).series().getFirst().values(),
                1e-6);
    }

    @Test
    void asksForTheDirectionOfAUnitThatDoesNotTellIt() throws IOException {
        Path file = Files.writeString(folder.resolve("rate.csv"), "benchmark,run,value,unit\na,1,100,MB/s\n");

        UserError e = assertThrows(UserError.class, () -> HistoryCsv.read(file));

        assertTrue(String.valueOf(e.getMessage()).contains("the unit 'MB/s' does not tell"), e.getMessage());
        assertEquals(
                Direction.HIGHER,
                HistoryCsv.read(file, Optional.of(Direction.HIGHER)).series().getFirst().direction());
    }

    @Test
    void leavesOutABenchmarkThatCannotBeRightAndReadsTheOthers() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), "benchmark,run,value\na,1,100d\nb,1,2\na,2,3\n");

        HistoryCsv.Content content = HistoryCsv.read(file);

        assertEquals(List.of("b"), content.series().stream().map(Series::benchmark).toList());
        assertTrue(content.notes().getFirst().startsWith("a is left out: " + file + ", line 2"), content::toString);
    }
}
