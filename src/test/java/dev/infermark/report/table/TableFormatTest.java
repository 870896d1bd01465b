package dev.infermark.report.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.NumberKind;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableFormatTest {
    private static final Table TABLE = new Table(
            List.of(
                    Column.plain("model", "Model"),
                    Column.result("latency_ms", "Latency", "ms", NumberKind.MODELLED)),
            List.of(
                    List.of(Cell.of("bert, large"), Cell.of(2.846153)),
                    List.of(Cell.of("a|b"), new Cell.Missing("unsupported"))));

    @Test
    void alignsColumnsForTheTerminalAndLabelsTheKindOfNumber() {
        assertEquals(
                """
                Model        Latency, ms (modelled)
                bert, large                   2.846
                a|b                     unsupported
                """,
                TableFormat.TABLE.write(TABLE));
    }

    @Test
    void saysTheKindOnceWhereAllResultsHaveIt() {
        Column latency = Column.result("latency_ms", "Latency", "ms", NumberKind.MODELLED);
        Column cost = Column.result("cost_usd", "Cost", "$", NumberKind.MODELLED);
        Column published = Column.result("published_ms", "Latency", "ms", NumberKind.PUBLISHED);
        List<List<Cell>> rows = List.of(List.of(Cell.of(2.5), Cell.of(3.5)));
        assertEquals(
                """
                All results are modelled.
                Latency, ms  Cost, $
                        2.5      3.5
                """,
                TableFormat.TABLE.write(new Table(List.of(latency, cost), rows)));
        assertTrue(TableFormat.TABLE
                .write(new Table(List.of(latency, published), rows))
                .startsWith("Latency, ms (modelled)  Latency, ms (published)"));
    }

    @Test
    void writesDecimalsWithTheirPlacesForPeopleAndFiles() {
        Table prices = new Table(
                List.of(Column.plain("price", "Price")),
                List.of(List.of(new Cell.Decimal(new BigDecimal("0.0000010")))));

        assertEquals("price\n0.0000010\n", TableFormat.CSV.write(prices));
        assertEquals("    Price\n0.0000010\n", TableFormat.TABLE.write(prices));
    }

    @Test
    void quotesCsvAndKeepsSixDigits() {
        assertEquals(
                """
                model,latency_ms
                "bert, large",2.84615
                a|b,unsupported
                """,
                TableFormat.CSV.write(TABLE));
    }

    @Test
    void writesJsonNumbersAsNumbers() {
        assertEquals(
                """
                {
                  "schema_version" : 1,
                  "rows" : [ {
                    "model" : "bert, large",
                    "latency_ms" : 2.84615
                  }, {
                    "model" : "a|b",
                    "latency_ms" : "unsupported"
                  } ]
                }
                """,
                TableFormat.JSON.write(TABLE));
    }

    @Test
    void filesKeepAllDigitsOfWholeNumbersAndNoPlacesBehindLargeOnes() {
        Table numbers = new Table(
                List.of(Column.plain("value", "Value")),
                List.of(
                        List.of(Cell.of(335_141_888L)),
                        List.of(Cell.of(1234567.891)),
                        List.of(Cell.of(3.000984e-7)),
                        List.of(Cell.of(2.0 / 3))));

        assertEquals("value\n335141888\n1234568\n3.00098E-7\n0.666667\n", TableFormat.CSV.write(numbers));
    }

    @Test
    void escapesBarsInMarkdown() {
        assertEquals(
                """
                | Model | Latency, ms (modelled) |
                | --- | ---: |
                | bert, large | 2.846 |
                | a\\|b | unsupported |
                """,
                TableFormat.MARKDOWN.write(TABLE));
    }

    @Test
    void showsSignificantDigitsAndWholeCounts() {
        assertEquals("335,141,888", TableFormat.forPeople(Cell.of(335_141_888L)));
        assertEquals("0.0000003001", TableFormat.forPeople(Cell.of(3.00098e-7)));
        assertEquals("12,350", TableFormat.forPeople(Cell.of(12345.6)));
        assertEquals("0", TableFormat.forPeople(Cell.of(0.0)));
    }

    @Test
    void refusesRowsOfAnotherLengthAndNumbersThatAreNotFinite() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Table(TABLE.columns(), List.of(List.of(Cell.of("only one")))));
        assertThrows(IllegalArgumentException.class, () -> Cell.of(Double.NaN));
    }
}
