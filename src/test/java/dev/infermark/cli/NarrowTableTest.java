package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowTableTest {
    private static final Table TABLE = new Table(
            List.of(
                    Column.plain("model", "Model"),
                    Column.plain("batch", "Batch"),
                    Column.result("latency_p50_ms", "Latency p50", "ms", NumberKind.MODELLED),
                    Column.plain("source", "Source")),
            List.of(
                    List.of(
                            Cell.of("bert"),
                            Cell.of(1L),
                            Cell.of(3.1),
                            Cell.of("a source of forty characters and more")),
                    List.of(Cell.of("gpt2"), Cell.of(1L), Cell.of(4.2), Cell.of("another"))));

    @Test
    void leavesATableThatFitsAsItIs() {
        assertEquals(TableFormat.TABLE.write(TABLE), new NarrowTable(TABLE, 120).write());
    }

    @Test
    void breaksHeadingsAndCutsTextsBeforeItDropsColumns() {
        assertEquals(
                """
                Model  Batch     Latency  Source
                                p50, ms
                             (modelled)
                bert       1      3.100  a source of forty characters and …
                gpt2       1      4.200  another
                """.replaceAll(" +", " "), new NarrowTable(TABLE, 60).write().replaceAll(" +", " "));
    }

    @Test
    void saysTheKindOfAllResultsInFrontOfTheHeadings() {
        Table modelled = new Table(
                List.of(
                        Column.plain("model", "Model"),
                        Column.result("latency_p50_ms", "Latency p50", "ms", NumberKind.MODELLED),
                        Column.result("throughput_per_s", "Throughput", "inferences/s", NumberKind.MODELLED)),
                List.of(List.of(Cell.of("bert"), Cell.of(3.1), Cell.of(322.6))));
        assertTrue(new NarrowTable(modelled, 40).write().startsWith("All results are modelled.\nModel  Latency"));
    }

    @Test
    void cutsNoTextForWhichThereIsRoom() {
        Table upright = new Table(
                List.of(Column.plain("quantity", "Quantity"), Column.plain("value", "Value")),
                List.of(
                        List.of(Cell.of("Latency p50, 90 % interval from, ms (modelled)"), Cell.of("2.621")),
                        List.of(Cell.of("Inputs"), Cell.of("a text that is far too long for a line of a terminal"))));
        String narrow = new NarrowTable(upright, 80).write();
        assertTrue(narrow.contains("interval from, ms (modelled)  2.621\n"), narrow);
        assertTrue(narrow.contains("  a text that is far too long for…\n"), narrow);
    }

    @Test
    void sentencesGoOnBelowIndented() {
        assertEquals(
                "one two\n  three\n\nfour\n", FormatOption.wrapped("one two three\n\nfour\n", 9));
        assertEquals("unbreakablewords\n", FormatOption.wrapped("unbreakablewords\n", 9));
    }

    @Test
    void dropsFirstWhatIsTheSameInEveryRow() {
        String narrow = new NarrowTable(TABLE, 40).write();
        assertTrue(!narrow.contains("Batch") && narrow.contains("Source"), narrow);
        assertTrue(narrow.endsWith("1 of 4 columns left out; --format csv has all\n"), narrow);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 60, 50, 40, 30})
    void noRowIsWiderThanTheTerminal(int width) {
        assertTrue(new NarrowTable(TABLE, width)
                .write()
                .lines()
                .filter(line -> !line.contains("left out"))
                .allMatch(line -> line.length() <= width));
    }
}
