package dev.infermark.report.prediction;

import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import java.util.List;

/** The columns that say by which price the costs beside them are; the same in every table of costs. */
public final class PriceColumns {
    private PriceColumns() {}

    /** Adds them to a row under construction. */
    public static void add(
            List<Column> columns, List<Cell> cells, String basis, String region, String date, double dollarsPerHour) {
        columns.add(Column.plain("price_basis", "Price basis"));
        cells.add(Cell.of(basis));
        columns.add(Column.plain("price_region", "Price region"));
        cells.add(Cell.of(region));
        columns.add(Column.plain("price_date", "Price date"));
        cells.add(Cell.of(date));
        columns.add(Column.plain("price_usd_per_hour", "Price of the instance, $/h"));
        cells.add(Cell.of(dollarsPerHour));
    }
}
