package dev.infermark.report.plan;

import dev.infermark.base.NumberKind;
import dev.infermark.deploy.Cost;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quote;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Two answers beside each other, with the terms that make the difference. */
public final class CompareReport {
    private static final double MILLI = 1e3;
    private static final double MILLION = 1e6;

    private final List<List<Cell>> rows = new ArrayList<>();

    private CompareReport() {}

    /**
     * The difference between two answers.
     *
     * @param one what the first one is called
     * @param other what the second one is called
     */
    public static Table of(String one, Quote first, String other, Quote second) {
        CompareReport report = new CompareReport();
        Prediction from = first.prediction();
        Prediction to = second.prediction();
        report.row("latency p50, ms", MILLI * from.latencySeconds(), MILLI * to.latencySeconds());
        report.row("throughput, 1/s", from.throughput(), to.throughput());
        report.row("$ per million (price / throughput)", first.cost().perMillion(), second.cost().perMillion());
        report.row("$ per million (blog: price · latency / batch)", ofCalls(first), ofCalls(second));
        double whole = perCall(to) - perCall(from);
        for (Resource resource : Resource.values()) {
            report.term(resource.label() + ", ms of a call", MILLI * from.estimate().share(resource),
                    MILLI * to.estimate().share(resource), MILLI * whole);
        }
        report.term("host, ms of a call", MILLI * from.hostSeconds(), MILLI * to.hostSeconds(), MILLI * whole);
        return table(one, other, report.rows);
    }

    /** The row of a term, which is part of the difference of the whole. */
    private void term(String name, double from, double to, double whole) {
        if (from != 0 || to != 0) {
            rows.add(List.of(
                    Cell.of(name),
                    Cell.of(from),
                    Cell.of(to),
                    change(from, to),
                    whole == 0 ? new Cell.Missing("") : new Cell.Quantity(100 * (to - from) / whole, 3)));
        }
    }

    private void row(String name, double from, double to) {
        rows.add(List.of(
                Cell.of(name), Cell.of(from), Cell.of(to), change(from, to), new Cell.Missing("")));
    }

    /** A row of two saved answers. */
    public static List<Cell> saved(String name, double from, double to) {
        return List.of(Cell.of(name), Cell.of(from), Cell.of(to), change(from, to), new Cell.Missing(""));
    }

    /** The rows with their head. */
    public static Table table(String one, String other, List<List<Cell>> rows) {
        return new Table(
                List.of(
                        Column.plain("quantity", "Quantity"),
                        new Column("first", one, "", Optional.of(NumberKind.MODELLED)),
                        new Column("second", other, "", Optional.of(NumberKind.MODELLED)),
                        new Column("change_percent", "Change", "", Optional.of(NumberKind.MODELLED)),
                        new Column("part_percent", "Part of it", "%", Optional.of(NumberKind.MODELLED))),
                rows);
    }

    private static double ofCalls(Quote quote) {
        return MILLION * Cost.ofCall(
                quote.cost().dollarsPerHour(), quote.prediction().latencySeconds(), quote.prediction().batch());
    }

    private static double perCall(Prediction prediction) {
        return prediction.estimate().seconds() + prediction.hostSeconds();
    }

    private static Cell change(double from, double to) {
        double percent = from == to ? 0 : 100 * (to / from - 1);
        if (!Double.isFinite(percent)) {
            return new Cell.Missing("new");
        }
        return new Cell.Term(
                String.format(Locale.ROOT, "%.4g", percent),
                String.format(Locale.ROOT, "%+.1f %%", percent).replace('-', '−'));
    }
}
