package dev.infermark.report;

import java.util.List;

/** A rectangular table with typed cells; {@link TableFormat} writes it down. */
public record Table(List<Column> columns, List<List<Cell>> rows) {

    /** Refuses rows whose length differs from the number of columns. */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "row of " + row.size() + " cells in a table of " + columns.size() + " columns: " + row);
            }
        }
    }
}
