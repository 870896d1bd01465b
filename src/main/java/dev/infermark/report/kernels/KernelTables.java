package dev.infermark.report.kernels;

import dev.infermark.base.NumberKind;
import dev.infermark.bench.Measurement;
import dev.infermark.report.Cell;
import dev.infermark.report.Column;
import dev.infermark.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measured kernels beside modelled cores as tables; times are microseconds per operation. */
public final class KernelTables {
    private static final List<String> FIRST = List.of("simd", "reference");
    private static final Cell NONE = new Cell.Missing("-");

    private KernelTables() {}

    /** Everything: one line per measured row, each with what the cores take for its operation. */
    public static Table rows(List<KernelComparison> comparisons) {
        NumberKind measured = NumberKind.MEASURED;
        List<Column> columns = List.of(
                Column.plain("operation", "Operation"),
                Column.plain("type", "Type"),
                Column.plain("shape", "Shape"),
                Column.plain("implementation", "Implementation"),
                Column.result("measured_us", "Median", "µs", measured),
                Column.result("measured_min_us", "Min", "µs", measured),
                Column.result("measured_max_us", "Max", "µs", measured),
                Column.plain("forks", "Forks"),
                Column.result("modelled_inf1_us", "Inf1 core", "µs", NumberKind.MODELLED),
                Column.result("modelled_inf2_us", "Inf2 core", "µs", NumberKind.MODELLED));
        return new Table(
                columns,
                comparisons.stream()
                        .flatMap(kernel -> kernel.measured().stream().map(row -> row(kernel, row)))
                        .toList());
    }

    private static List<Cell> row(KernelComparison kernel, Measurement row) {
        double scale = KernelComparison.micros(row) / row.median();
        return List.of(
                Cell.of(kernel.operation()),
                Cell.of(kernel.type()),
                Cell.of(kernel.shape()),
                Cell.of(row.id().implementation()),
                Cell.of(scale * row.median()),
                Cell.of(scale * row.min()),
                Cell.of(scale * row.max()),
                Cell.of((long) row.forkMedians().size()),
                cell(kernel.inf1()),
                cell(kernel.inf2()));
    }

    /** At a glance: one line per operation, the implementations side by side. */
    public static Table operations(List<KernelComparison> comparisons) {
        List<String> implementations = implementations(comparisons);
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("operation", "Operation"), Column.plain("type", "Type"), Column.plain("shape", "Shape")));
        for (String name : implementations) {
            columns.add(Column.result("measured_" + name + "_us", "Host " + name, "µs", NumberKind.MEASURED));
        }
        columns.add(Column.result("simd_speed_up", "simd over reference", "x", NumberKind.MEASURED));
        columns.add(Column.result("modelled_inf1_us", "Inf1 core", "µs", NumberKind.MODELLED));
        columns.add(Column.result("modelled_inf2_us", "Inf2 core", "µs", NumberKind.MODELLED));
        return new Table(
                columns,
                comparisons.stream().map(kernel -> line(kernel, implementations)).toList());
    }

    /** The implementations that were measured, ours first. */
    static List<String> implementations(List<KernelComparison> comparisons) {
        Stream<String> names = comparisons.stream()
                .flatMap(kernel -> kernel.measured().stream())
                .map(row -> row.id().implementation());
        return names.distinct()
                .sorted(Comparator.comparingInt(KernelTables::rank).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int rank(String implementation) {
        int rank = FIRST.indexOf(implementation);
        return rank < 0 ? FIRST.size() : rank;
    }

    private static List<Cell> line(KernelComparison kernel, List<String> implementations) {
        List<Cell> cells = new ArrayList<>(
                List.of(Cell.of(kernel.operation()), Cell.of(kernel.type()), Cell.of(kernel.shape())));
        for (String name : implementations) {
            cells.add(kernel.of(name).map(row -> Cell.of(KernelComparison.micros(row))).orElse(NONE));
        }
        cells.add(kernel.speedUp("simd", "reference")
                .stream()
                .<Cell>mapToObj(ratio -> new Cell.Quantity(ratio, 3))
                .findFirst()
                .orElse(NONE));
        cells.add(cell(kernel.inf1()));
        cells.add(cell(kernel.inf2()));
        return cells;
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
