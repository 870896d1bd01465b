package dev.infermark.report.kernels;

import dev.infermark.base.NumberKind;
import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.compare.CoreTime;
import dev.infermark.compare.KernelComparison;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.List;
import java.util.OptionalDouble;

/** Measured kernels beside modelled cores as tables; times are microseconds per operation. */
public final class KernelTables {
    private static final Cell NONE = new Cell.Missing("-");

    private KernelTables() {}

    /** Everything: one line per measured row, each with what the cores take for its operation. */
    public static Table rows(List<KernelComparison> comparisons, HostLimits limits) {
        NumberKind measured = NumberKind.MEASURED;
        List<Column> columns = List.of(
                Column.plain("operation", "Operation"),
                Column.plain("type", "Type"),
                Column.plain("shape", "Shape"),
                Column.plain("implementation", "Implementation"),
                Column.result("measured_us", "Median", "µs", measured),
                Column.result("measured_error_us", "±", "µs", measured),
                Column.plain("forks", "Forks"),
                Column.plain("steadiness", "Steady?"),
                Column.result("measured_share_of_limit_percent", "Share of limit", "%", measured),
                Column.result("measured_alloc_bytes", "Allocated", "B", measured),
                Column.modelled("modelled_inf1_us", "Inf1 core", "µs"),
                Column.modelled("modelled_inf2_us", "Inf2 core", "µs"));
        return new Table(
                columns,
                comparisons.stream()
                        .flatMap(kernel -> kernel.measured().stream()
                                .filter(row -> row.id().operation().equals(kernel.operation()))
                                .map(row -> row(kernel, row, limits)))
                        .toList());
    }

    private static List<Cell> row(KernelComparison kernel, MeasuredRow row, HostLimits limits) {
        double scale = row.micros() / row.median();
        return List.of(
                Cell.of(kernel.operation().label()),
                Cell.of(kernel.type()),
                ShapeWords.cell(kernel),
                Cell.of(row.id().implementation()),
                Cell.of(scale * row.median()),
                error(row),
                Cell.of((long) row.forkMedians().size()),
                Cell.of(row.remark()),
                percent(limits.share(row)),
                row.allocatedBytes().isPresent()
                        ? new Cell.Quantity(row.allocatedBytes().getAsDouble(), 3)
                        : new Cell.Missing("N/A"),
                cell(kernel.inf1()),
                cell(kernel.inf2()));
    }

    /** Ours beside the cores: one line per operation, type and shape. */
    public static Table operations(List<KernelComparison> comparisons) {
        List<Column> columns = List.of(
                Column.plain("operation", "Operation"),
                Column.plain("type", "Type"),
                Column.plain("shape", "Shape"),
                Column.result("measured_simd_us", "This host", "µs", NumberKind.MEASURED),
                Column.result("measured_simd_error_us", "±", "µs", NumberKind.MEASURED),
                Column.plain("steadiness", "Steady?"),
                Column.result("simd_over_reference", "Over plain Java", "x", NumberKind.MEASURED),
                Column.modelled("modelled_inf1_us", "Inf1 core", "µs"),
                Column.modelled("modelled_inf2_us", "Inf2 core", "µs"));
        return new Table(columns, comparisons.stream().map(KernelTables::line).toList());
    }

    private static List<Cell> line(KernelComparison kernel) {
        return List.of(
                Cell.of(kernel.operation().label()),
                Cell.of(kernel.type()),
                ShapeWords.cell(kernel),
                kernel.of("simd").map(row -> Cell.of(row.micros())).orElse(NONE),
                kernel.of("simd").map(KernelTables::error).orElse(NONE),
                kernel.of("simd").map(row -> Cell.of(row.remark())).orElse(NONE),
                ratio(kernel.speedUp("simd", "reference")),
                cell(kernel.inf1()),
                cell(kernel.inf2()));
    }

    /** Half the width of the 95 % interval over forks, in microseconds. */
    private static Cell error(MeasuredRow row) {
        return row.error().isPresent()
                ? new Cell.Quantity(row.error().getAsDouble() * row.micros() / row.median(), 2)
                : new Cell.Missing("1 fork");
    }

    /** How many times the speed, or a dash. */
    static Cell ratio(OptionalDouble ratio) {
        return ratio.isPresent() ? new Cell.Quantity(ratio.getAsDouble(), 3) : NONE;
    }

    /** A share as percent, or that it is not available. */
    static Cell percent(OptionalDouble share) {
        return share.isPresent() ? new Cell.Quantity(100 * share.getAsDouble(), 3) : new Cell.Missing("N/A");
    }

    private static Cell cell(CoreTime time) {
        return switch (time) {
            case CoreTime.Modelled(double seconds) -> Cell.of(1e6 * seconds);
            case CoreTime.Unsupported _ -> new Cell.Missing("unsupported");
            case CoreTime.Unmodelled() -> new Cell.Missing("unmodelled");
            case CoreTime.NotComparable() -> NONE;
        };
    }
}
