package dev.infermark.report.runtime;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.bucket.Buckets;
import dev.infermark.runtime.bucket.LengthHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** Sets of buckets beside each other. */
public final class BucketReport {
    private BucketReport() {}

    /**
     * One row for each set of buckets.
     *
     * @param cost what a request costs in a bucket of a length, relative to whatever is wished
     */
    public static Table table(LengthHistogram histogram, List<Buckets> sets, IntToDoubleFunction cost) {
        double one = new Buckets(List.of(histogram.longest())).cost(histogram, cost);
        List<List<Cell>> rows = new ArrayList<>();
        for (Buckets set : sets) {
            rows.add(List.of(
                    Cell.of((long) set.lengths().size()),
                    Cell.of(set.lengths().stream().map(String::valueOf).collect(Collectors.joining(" "))),
                    new Cell.Quantity(100 * set.waste(histogram), 3),
                    new Cell.Quantity(100 * set.cost(histogram, cost) / one, 3)));
        }
        return new Table(
                List.of(
                        Column.plain("buckets", "Buckets"),
                        Column.plain("lengths", "Lengths, tokens"),
                        Column.result("padding_percent", "Padding", "%", NumberKind.DERIVED),
                        Column.modelled("time_percent", "Time, of one bucket's", "%")),
                rows);
    }
}
