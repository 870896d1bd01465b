package dev.infermark.report.kernels;

import dev.infermark.base.NumberKind;
import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.compare.KernelComparison;
import dev.infermark.compare.KernelSummary;
import dev.infermark.compare.Rate;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Our kernels beside peers and the machine's limit as tables. */
public final class PeerTables {
    private PeerTables() {}

    /** One line per kernel of ours: its rate, its share of the limit, and how many times the speed of each peer. */
    public static Table rows(List<KernelComparison> comparisons, HostLimits limits) {
        List<KernelComparison> kernels =
                comparisons.stream().filter(kernel -> kernel.of("simd").isPresent()).toList();
        List<String> peers =
                kernels.stream().flatMap(kernel -> kernel.peers().stream()).distinct().sorted().toList();
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("operation", "Operation"),
                Column.plain("type", "Type"),
                Column.plain("shape", "Shape"),
                Column.result("measured_rate", "Ours", "", NumberKind.MEASURED),
                Column.result("measured_rate_error", "±", "", NumberKind.MEASURED),
                Column.plain("rate_unit", "Unit"),
                Column.plain("steadiness", "Steady?"),
                Column.result("share_of_limit_percent", "Share of limit", "%", NumberKind.MEASURED)));
        for (String peer : peers) {
            columns.add(Column.result("over_" + peer, "Over " + peer, "x", NumberKind.MEASURED));
        }
        return new Table(columns, kernels.stream().map(kernel -> row(kernel, peers, limits)).toList());
    }

    private static List<Cell> row(KernelComparison kernel, List<String> peers, HostLimits limits) {
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(kernel.operation().label()),
                Cell.of(kernel.type()),
                ShapeWords.cell(kernel),
                kernel.rate("simd")
                        .map(rate -> (Cell) new Cell.Quantity(rate.value(), 4))
                        .orElseGet(() -> new Cell.Missing("N/A")),
                kernel.rate("simd").map(rate -> error(rate, kernel)).orElseGet(() -> new Cell.Missing("N/A")),
                Cell.of(kernel.rate("simd").map(Rate::unit).orElse("")),
                Cell.of(kernel.of("simd").orElseThrow().remark()),
                KernelTables.percent(limits.share(kernel.of("simd").orElseThrow()))));
        peers.forEach(peer -> cells.add(KernelTables.ratio(kernel.speedUp("simd", peer))));
        return cells;
    }

    /** The rate's part of the error that its time has. */
    private static Cell error(Rate rate, KernelComparison kernel) {
        MeasuredRow row = kernel.of("simd").orElseThrow();
        return row.error().isPresent()
                ? new Cell.Quantity(rate.value() * row.error().getAsDouble() / row.median(), 2)
                : new Cell.Missing("1 fork");
    }

    /** One line per operation and type and what it stands against: geometric mean and worst over all shapes. */
    public static Table summary(List<KernelComparison> comparisons, HostLimits limits) {
        return new Table(
                List.of(
                        Column.plain("operation", "Operation"),
                        Column.plain("type", "Type"),
                        Column.plain("against", "Ours against"),
                        Column.plain("shapes", "Shapes"),
                        Column.result("geometric_mean", "Geometric mean", "x", NumberKind.MEASURED),
                        Column.result("geometric_mean_error_percent", "±", "%", NumberKind.MEASURED),
                        Column.plain("unsteady_shapes", "Not steady"),
                        Column.result("worst", "Worst", "x", NumberKind.MEASURED),
                        Column.plain("worst_shape", "Worst shape")),
                KernelSummary.of(comparisons, limits).stream()
                        .map(line -> List.of(
                                Cell.of(line.operation().label()),
                                Cell.of(line.type()),
                                Cell.of(line.against()),
                                Cell.of((long) line.shapes()),
                                new Cell.Quantity(line.geometricMean(), 3),
                                line.error().isPresent()
                                        ? new Cell.Quantity(100 * line.error().getAsDouble(), 2)
                                        : new Cell.Missing("1 fork"),
                                Cell.of((long) line.unsteady()),
                                new Cell.Quantity(line.worst(), 3),
                                new Cell.Term(line.worstShape(), ShapeWords.of(line.operation(), line.worstShape()))))
                        .toList());
    }
}
