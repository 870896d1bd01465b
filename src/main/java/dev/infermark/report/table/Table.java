package dev.infermark.report.table;

import dev.infermark.base.NumberKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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

    /** The kind that all results have, where there are several and none is of another kind. */
    public Optional<NumberKind> commonKind() {
        List<NumberKind> kinds =
                columns.stream().map(Column::kind).flatMap(Optional::stream).toList();
        return kinds.size() > 1 && Set.copyOf(kinds).size() == 1 ? Optional.of(kinds.getFirst()) : Optional.empty();
    }

    /** The same table whose headings leave the kinds of numbers to a sentence beside it. */
    public Table withoutKinds() {
        return new Table(columns.stream().map(Column::withoutKind).toList(), rows);
    }

    /** The columns of these keys, in their order; refuses a key that no column has. */
    public Table only(List<String> keys) {
        List<String> all = columns.stream().map(Column::key).toList();
        if (!all.containsAll(keys)) {
            throw new IllegalArgumentException(keys + " are not all among " + all);
        }
        List<Integer> places = keys.stream().map(all::indexOf).toList();
        return new Table(
                places.stream().map(columns::get).toList(),
                rows.stream()
                        .map(row -> places.stream().map(row::get).toList())
                        .toList());
    }

    /** Whether a column holds numbers, which are aligned to the right. */
    public boolean isNumeric(int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .anyMatch(cell -> cell instanceof Cell.Quantity || cell instanceof Cell.Decimal);
    }

    /** A table of one row written downwards: a line for each column, with its heading and its value. */
    public Table upright() {
        List<Cell> row = rows.getFirst();
        return new Table(
                List.of(Column.plain("quantity", "Quantity"), Column.plain("value", "Value")),
                IntStream.range(0, columns.size())
                        .mapToObj(i -> List.of(columns.get(i).heading(), TableFormat.forPeople(row.get(i))))
                        .map(line -> line.stream().map(Cell::of).toList())
                        .toList());
    }
}
