package dev.infermark.report.runtime;

import static dev.infermark.base.NumberKind.MODELLED;

import dev.infermark.deploy.Cost;
import dev.infermark.hardware.Price;
import dev.infermark.hardware.PriceBook;
import dev.infermark.report.prediction.PriceColumns;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.queue.Latencies;
import dev.infermark.runtime.queue.LoadResult;
import dev.infermark.runtime.queue.QueueSimulation;
import dev.infermark.runtime.queue.Scenario;
import dev.infermark.runtime.queue.ScenarioResult;
import java.util.ArrayList;
import java.util.List;

/** Simulated runs under load as tables of one row. */
public final class LoadReport {
    private static final double MILLIS = 1e3;

    private LoadReport() {}

    /** Latencies, throughput, what the copies were held for, and what a million answers cost. */
    public static Table table(QueueSimulation simulation, LoadResult result, PriceBook book, String instance) {
        Table table = table(simulation, result);
        return priced(table, "cost_per_million_usd", "Cost per million", result.throughput(), book, instance);
    }

    /** A table of one row with the price of its instance and the cost of a million, if the book has one. */
    static Table priced(
            Table table, String key, String title, double perSecond, PriceBook book, String instance) {
        if (!book.has(instance)) {
            return table;
        }
        Price price = book.price(instance);
        List<Column> columns = new ArrayList<>(table.columns());
        List<Cell> cells = new ArrayList<>(table.rows().getFirst());
        PriceColumns.add(columns, cells, book.name(), book.region(), price.date(), price.dollarsPerHour());
        columns.add(Column.modelled(key, title, "$"));
        cells.add(Cell.of(new Cost(book.name(), price.dollarsPerHour(), perSecond).perMillion()));
        return new Table(columns, List.of(cells));
    }

    private static Table table(QueueSimulation simulation, LoadResult result) {
        Latencies latencies = result.latencies();
        return new Table(
                List.of(
                        Column.plain("copies", "Copies"),
                        Column.plain("batch_size", "Batch"),
                        Column.result("throughput_per_s", "Throughput", "1/s", MODELLED),
                        Column.result("capacity_per_s", "Capacity", "1/s", MODELLED),
                        Column.result("utilisation_percent", "Utilisation", "%", MODELLED),
                        Column.result("mean_batch", "Requests per call", "", MODELLED),
                        Column.result("latency_mean_ms", "Mean latency", "ms", MODELLED),
                        Column.result("latency_p50_ms", "p50", "ms", MODELLED),
                        Column.result("latency_p90_ms", "p90", "ms", MODELLED),
                        Column.result("latency_p99_ms", "p99", "ms", MODELLED),
                        Column.result("latency_p999_ms", "p99.9", "ms", MODELLED),
                        Column.result("latency_max_ms", "Longest", "ms", MODELLED),
                        Column.result("in_flight", "In flight", "", MODELLED),
                        Column.result("longest_queue", "Longest queue", "", MODELLED),
                        Column.result("answered", "Answered", "", MODELLED),
                        Column.result("dropped", "Dropped", "", MODELLED)),
                List.of(List.of(
                        Cell.of((long) simulation.service().copies()),
                        Cell.of((long) simulation.batching().size()),
                        Cell.of(result.throughput()),
                        Cell.of(simulation.service().capacity(simulation.batching().size())),
                        new Cell.Quantity(100 * result.utilisation(), 3),
                        new Cell.Quantity(result.meanBatch(), 3),
                        Cell.of(MILLIS * latencies.mean()),
                        Cell.of(MILLIS * latencies.p50()),
                        Cell.of(MILLIS * latencies.p90()),
                        Cell.of(MILLIS * latencies.p99()),
                        Cell.of(MILLIS * latencies.p999()),
                        Cell.of(MILLIS * latencies.max()),
                        new Cell.Quantity(result.meanInFlight(), 3),
                        Cell.of((long) result.longestQueue()),
                        Cell.of(latencies.count()),
                        Cell.of(result.dropped()))));
    }

    /** A scenario of MLPerf, with what it is scored by, and what a million answers cost. */
    public static Table table(QueueSimulation simulation, ScenarioResult result, PriceBook book, String instance) {
        Table table = table(simulation, result);
        return priced(table, "cost_per_million_usd", "Cost per million", result.perSecond(), book, instance);
    }

    private static Table table(QueueSimulation simulation, ScenarioResult result) {
        Latencies latencies = result.latencies();
        return new Table(
                List.of(
                        Column.plain("scenario", "Scenario"),
                        Column.plain("scored_by", "Scored by"),
                        Column.plain("copies", "Copies"),
                        Column.plain("batch_size", "Batch"),
                        Column.plain("requests_per_query", "Requests per query"),
                        Column.result("queries", "Queries", "", MODELLED),
                        Column.result("throughput_per_s", "Throughput", "1/s", MODELLED),
                        Column.result("latency_p50_ms", "p50", "ms", MODELLED),
                        Column.result("latency_p90_ms", "p90", "ms", MODELLED),
                        Column.result("latency_p99_ms", "p99", "ms", MODELLED),
                        Column.result("latency_p999_ms", "p99.9", "ms", MODELLED)),
                List.of(List.of(
                        Cell.of(result.scenario().label()),
                        Cell.of(scoredBy(result.scenario())),
                        Cell.of((long) simulation.service().copies()),
                        Cell.of((long) simulation.batching().size()),
                        Cell.of((long) result.requestsPerQuery()),
                        Cell.of(latencies.count()),
                        Cell.of(result.perSecond()),
                        Cell.of(MILLIS * latencies.p50()),
                        Cell.of(MILLIS * latencies.p90()),
                        Cell.of(MILLIS * latencies.p99()),
                        Cell.of(MILLIS * latencies.p999()))));
    }

    private static String scoredBy(Scenario scenario) {
        return switch (scenario) {
            case SINGLE_STREAM -> "latency_p90_ms";
            case MULTI_STREAM -> "latency_p99_ms";
            case SERVER, OFFLINE -> "throughput_per_s";
        };
    }
}
