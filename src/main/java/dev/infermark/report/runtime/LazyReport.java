package dev.infermark.report.runtime;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.bucket.Buckets;
import dev.infermark.runtime.bucket.LengthHistogram;
import dev.infermark.runtime.lazy.LazyFigures;
import dev.infermark.runtime.lazy.ShapeTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lazy tensors beside traced models. */
public final class LazyReport {
    private LazyReport() {}

    /** One row for lazy tensors without and with a cache, and one for each set of buckets. */
    public static Table table(ShapeTrace trace, LazyFigures figures, List<Buckets> sets) {
        LengthHistogram histogram = LengthHistogram.of(trace.lengths());
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("lazy", "each as it comes", 0, trace.lazy(figures)));
        rows.add(row("lazy, cached", "each as it comes", 0, trace.cached(figures)));
        for (Buckets set : sets) {
            String lengths = set.lengths().stream().map(String::valueOf).collect(Collectors.joining(" "));
            rows.add(row("traced", lengths, set.waste(histogram), trace.traced(set)));
        }
        return new Table(
                List.of(
                        Column.plain("mode", "Mode"),
                        Column.plain("lengths", "Lengths, tokens"),
                        Column.result("compiles", "Compiles", "", NumberKind.DERIVED),
                        Column.modelled("compile_ahead_s", "Ahead", "s"),
                        Column.modelled("first_answer_s", "First answer", "s"),
                        Column.modelled("total_s", "All answers", "s"),
                        Column.modelled("steady_ms", "Steady call", "ms"),
                        Column.result("padding_percent", "Padding", "%", NumberKind.DERIVED)),
                rows);
    }

    private static List<Cell> row(String mode, String lengths, double padding, ShapeTrace.Outcome outcome) {
        return List.of(
                Cell.of(mode),
                Cell.of(lengths),
                Cell.of((long) outcome.compiles()),
                new Cell.Quantity(outcome.aheadSeconds(), 2),
                new Cell.Quantity(outcome.firstSeconds(), 3),
                new Cell.Quantity(outcome.totalSeconds(), 3),
                Cell.of(1e3 * outcome.steadySeconds()),
                new Cell.Quantity(100 * padding, 3));
    }
}
