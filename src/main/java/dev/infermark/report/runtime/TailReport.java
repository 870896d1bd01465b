package dev.infermark.report.runtime;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.accuracy.TailFit;
import java.util.List;
import java.util.Locale;

/** How far published 99th percentiles lie above their medians, and how well that is foreseen. */
public final class TailReport {
    private TailReport() {}

    /** One row for each group. */
    public static Table table(List<TailFit.GroupError> groups) {
        return new Table(
                List.of(
                        Column.plain("generation", "Generation"),
                        Column.plain("operators", "Operators"),
                        Column.plain("releases", "Releases"),
                        Column.plain("host_cpus", "Host CPUs"),
                        Column.plain("rows", "Rows"),
                        Column.result("p99_over_p50", "p99 over p50", "", NumberKind.PUBLISHED),
                        Column.modelled("median_error_percent", "Median error", "%")),
                groups.stream().map(TailReport::row).toList());
    }

    private static List<Cell> row(TailFit.GroupError of) {
        return List.of(
                Cell.of(of.group().generation().toString()),
                Cell.of(words(of.group().mix())),
                Cell.of(words(of.group().maturity())),
                Cell.of(words(of.group().contention())),
                Cell.of((long) of.rows()),
                Cell.of(of.published()),
                new Cell.Quantity(100 * of.medianError(), 2));
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
