package dev.infermark.report.prediction;

import dev.infermark.deploy.ExpectedQuote;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quote;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a network with conditionals takes on each way through them, and what is to be expected. */
public final class BranchReport {
    private static final double MILLI = 1e3;
    private static final Cell NONE = new Cell.Missing("");

    private BranchReport() {}

    /** What most people ask for, in a line. */
    public static String answer(ExpectedQuote expected) {
        Quote first = expected.ways().getFirst().quote();
        return String.format(
                Locale.ROOT,
                "%s ms expected (mean; %s %s to %s), %s inferences/s, $%s per million%n"
                        + "%s, batch %d, on %s at $%s/h; modelled%n",
                TableFormat.forPeople(MILLI * expected.meanSeconds()),
                first.interval().lead(),
                TableFormat.forPeople(MILLI * expected.lowerSeconds()),
                TableFormat.forPeople(MILLI * expected.upperSeconds()),
                TableFormat.forPeople(expected.throughput()),
                TableFormat.forPeople(expected.costPerMillion()),
                first.prediction().model(),
                first.prediction().batch(),
                first.prediction().deployment().instance().name(),
                first.cost().dollarsPerHour());
    }

    /** One row for each way with its median, and as the last the expected call with the mean of all. */
    public static Table table(ExpectedQuote expected) {
        List<Column> columns = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (ExpectedQuote.Way way : expected.ways()) {
            Quote quote = way.quote();
            double seconds = quote.prediction().latencySeconds();
            columns.clear();
            rows.add(row(
                    columns,
                    quote,
                    way.branches(),
                    way.probability(),
                    Cell.of(MILLI * seconds),
                    NONE,
                    new Figures(
                            quote.interval().lower(seconds),
                            quote.interval().upper(seconds),
                            quote.prediction().throughput(),
                            quote.cost().perMillion())));
        }
        columns.clear();
        rows.add(row(
                columns,
                expected.ways().getFirst().quote(),
                "expected",
                1,
                NONE,
                Cell.of(MILLI * expected.meanSeconds()),
                new Figures(
                        expected.lowerSeconds(),
                        expected.upperSeconds(),
                        expected.throughput(),
                        expected.costPerMillion())));
        return new Table(columns, rows);
    }

    /** What both kinds of rows have. */
    private record Figures(double lower, double upper, double throughput, double costPerMillion) {}

    private static List<Cell> row(
            List<Column> columns,
            Quote quote,
            String branches,
            double probability,
            Cell median,
            Cell mean,
            Figures figures) {
        Prediction prediction = quote.prediction();
        List<Cell> cells = new ArrayList<>();
        add(columns, cells, Column.plain("branches", "Branches"), Cell.of(branches));
        add(columns, cells, Column.plain("probability_percent", "Chance, %"),
                new Cell.Quantity(100 * probability, 4));
        add(columns, cells, Column.modelled("latency_p50_ms", "Latency p50", "ms"), median);
        add(columns, cells, Column.modelled("latency_mean_ms", "Mean", "ms"), mean);
        add(columns, cells, Column.modelled("latency_lower_ms", quote.interval().title("from"), "ms"),
                Cell.of(MILLI * figures.lower()));
        add(columns, cells, Column.modelled("latency_upper_ms", "to", "ms"), Cell.of(MILLI * figures.upper()));
        add(columns, cells, Column.modelled("throughput_per_s", "Throughput", "inferences/s"),
                Cell.of(figures.throughput()));
        add(columns, cells, Column.modelled("cost_per_million_usd", "Cost per million", "$"),
                Cell.of(figures.costPerMillion()));
        add(columns, cells, Column.plain("model_name", "Model"), Cell.of(prediction.model()));
        add(columns, cells, Column.plain("instance_type", "Instance"),
                Cell.of(prediction.deployment().instance().name()));
        PriceColumns.add(
                columns, cells, quote.cost().book(), quote.region(), quote.priceDate(), quote.cost().dollarsPerHour());
        return cells;
    }

    private static void add(List<Column> columns, List<Cell> cells, Column column, Cell cell) {
        columns.add(column);
        cells.add(cell);
    }
}
