package dev.infermark.report.prediction;

import dev.infermark.deploy.Cost;
import dev.infermark.deploy.MemoryUse;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Predictions as tables. */
public final class PredictionReport {
    private static final Column BESIDE_FASTEST = Column.modelled("beside_fastest", "Beside the fastest", "");

    private PredictionReport() {}

    /** What most people ask for, in two lines of text with a blank one after them. */
    public static String answer(Quote quote) {
        Prediction prediction = quote.prediction();
        double millis = 1e3 * prediction.latencySeconds();
        return String.format(
                Locale.ROOT,
                """
                %s ms (%s %s to %s), %s inferences/s, $%s per million
                %s, batch %d, on %s at $%s/h; modelled, bound by %s
                """,
                TableFormat.forPeople(millis),
                quote.interval().lead(),
                TableFormat.forPeople(quote.interval().lower(millis)),
                TableFormat.forPeople(quote.interval().upper(millis)),
                TableFormat.forPeople(prediction.throughput()),
                TableFormat.forPeople(quote.cost().perMillion()),
                prediction.model(),
                prediction.batch(),
                prediction.deployment().instance().name(),
                quote.cost().dollarsPerHour(),
                prediction.boundBy());
    }

    /**
     * A row for each deployment with everything that is predicted of it; names are NeuronPerf's where it has them.
     * Several end with their distance to the first, which is the fastest.
     */
    public static Table summary(List<Quote> quotes) {
        boolean isSplit = quotes.stream().anyMatch(quote -> quote.prediction().deployment().partsPerCopy() > 1);
        List<Column> columns = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (Quote quote : quotes) {
            columns.clear();
            List<Cell> cells = new ArrayList<>();
            summary(columns, cells, quote, isSplit);
            if (quotes.size() > 1) {
                add(columns, cells, BESIDE_FASTEST, Cell.of(besideFastest(quote, quotes.getFirst())));
            }
            rows.add(cells);
        }
        return new Table(columns, rows);
    }

    private static void summary(List<Column> columns, List<Cell> cells, Quote quote, boolean isSplit) {
        Prediction prediction = quote.prediction();
        Interval interval = quote.interval();
        Cost cost = quote.cost();
        Estimate estimate = prediction.estimate();
        add(columns, cells, Column.plain("model_name", "Model"), Cell.of(prediction.model()));
        add(columns, cells, Column.plain("inputs", "Inputs"), Cell.of(String.join("; ", quote.network().inputs())));
        add(columns, cells, Column.plain("instance_type", "Instance"),
                Cell.of(prediction.deployment().instance().name()));
        add(columns, cells, Column.plain("n_models", "Copies"),
                Cell.of((long) prediction.deployment().copies()));
        add(columns, cells, Column.plain("pipeline_size", "Cores of a copy"),
                Cell.of((long) prediction.deployment().coresPerCopy()));
        if (isSplit) {
            add(columns, cells, Column.plain("tensor_parallel_size", "Tensor parallel"),
                    Cell.of((long) prediction.deployment().partsPerCopy()));
        }
        if (prediction.deployment().hasNormsByTokens()) {
            add(columns, cells, Column.plain("sequence_parallel_enabled", "Sequence-parallel norms"), Cell.of("true"));
        }
        add(columns, cells,
                Column.plain(
                        "workers_per_model",
                        prediction.deployment().isPipeline() ? "Clients of a copy" : "Workers per copy"),
                Cell.of((long) prediction.deployment().workersPerCopy()));
        add(columns, cells, Column.plain("batch_size", "Batch"), Cell.of(prediction.batch()));
        add(columns, cells, Column.plain("sdk", "Neuron SDK"),
                Cell.of(prediction.sdkLabel()));
        add(columns, cells, Column.plain("matmul_type", "Matmul type"),
                Cell.of(prediction.matmulType()));
        add(columns, cells, Column.plain("elementwise_type", "Elementwise type"),
                Cell.of(prediction.elementwiseType()));
        add(columns, cells, Column.modelled("latency_p50_ms", "Latency p50", "ms"),
                Cell.of(1e3 * prediction.latencySeconds()));
        add(columns, cells, Column.modelled("latency_p50_lower_ms", "Latency p50, " + interval.title("from"), "ms"),
                Cell.of(interval.lower(1e3 * prediction.latencySeconds())));
        add(columns, cells, Column.modelled("latency_p50_upper_ms", "Latency p50, " + interval.title("to"), "ms"),
                Cell.of(interval.upper(1e3 * prediction.latencySeconds())));
        add(columns, cells, Column.plain("interval_kind", "Kind of range"), Cell.of(interval.kind()));
        add(columns, cells, Column.modelled("throughput_per_s", "Throughput", "inferences/s"),
                Cell.of(prediction.throughput()));
        PriceColumns.add(columns, cells, cost.book(), quote.region(), quote.priceDate(), cost.dollarsPerHour());
        add(columns, cells, Column.modelled("cost_per_inference_usd", "Cost per inference", "$"),
                Cell.of(cost.perInference()));
        add(columns, cells, Column.modelled("cost_per_million_usd", "Cost per million", "$"),
                Cell.of(cost.perMillion()));
        add(columns, cells, Column.modelled("core_ms", "Time of the core", "ms"), Cell.of(1e3 * estimate.seconds()));
        if (isSplit || prediction.deployment().isPipeline()) {
            add(columns, cells, Column.modelled("exchange_ms", "Exchanges among cores", "ms"),
                    Cell.of(1e3 * prediction.exchangeSeconds()));
        }
        add(columns, cells, Column.modelled("host_ms", "Time of the host", "ms"),
                Cell.of(1e3 * prediction.hostSeconds()));
        for (Resource resource : Resource.values()) {
            add(columns, cells,
                    Column.modelled(activeKey(resource), resource.label() + " busy", "% of the core's time"),
                    new Cell.Quantity(100 * estimate.busy(resource) / estimate.seconds(), 3));
        }
        add(columns, cells, Column.modelled("bound_by", "Bound by", ""), Cell.of(prediction.boundBy()));
        MemoryUse memory = prediction.memory();
        add(columns, cells, Column.modelled("memory_bytes", "Device memory of a core", "bytes"),
                Cell.of(memory.total()));
        add(columns, cells, Column.modelled("weight_size_bytes", "of which weights", "bytes"),
                Cell.of(memory.core().constants()));
        add(columns, cells, Column.plain("memory_capacity_bytes", "Memory that a core has, bytes"),
                Cell.of(memory.capacity()));
    }

    /** Sorted by latency. */
    public static List<Quote> fastestFirst(List<Quote> quotes) {
        return quotes.stream()
                .sorted(Comparator.comparingDouble(quote -> quote.prediction().latencySeconds()))
                .toList();
    }

    /** What people compare: a row per deployment, with whether its distance to the first is more than noise. */
    public static Table quotes(List<Quote> sorted) {
        List<Column> columns = List.of(
                Column.plain("instance_type", "Instance"),
                Column.plain("n_cores", "Cores"),
                Column.plain("batch_size", "Batch"),
                Column.modelled("latency_p50_ms", "Latency p50", "ms"),
                Column.modelled("latency_p50_lower_ms", sorted.getFirst().interval().title("from"), "ms"),
                Column.modelled("latency_p50_upper_ms", "to", "ms"),
                Column.modelled("throughput_per_s", "Throughput", "inferences/s"),
                Column.modelled("cost_per_million_usd", "Cost per million", "$"),
                Column.modelled("bound_by", "Bound by", ""),
                BESIDE_FASTEST);
        return new Table(columns, sorted.stream().map(quote -> row(quote, sorted.getFirst())).toList());
    }

    private static List<Cell> row(Quote quote, Quote fastest) {
        Prediction prediction = quote.prediction();
        double millis = 1e3 * prediction.latencySeconds();
        return List.of(
                Cell.of(prediction.deployment().instance().name()),
                Cell.of((long) prediction.deployment().cores()),
                Cell.of(prediction.batch()),
                Cell.of(millis),
                Cell.of(quote.interval().lower(millis)),
                Cell.of(quote.interval().upper(millis)),
                Cell.of(prediction.throughput()),
                Cell.of(quote.cost().perMillion()),
                Cell.of(prediction.boundBy()),
                Cell.of(besideFastest(quote, fastest)));
    }

    private static String besideFastest(Quote quote, Quote fastest) {
        double best = fastest.prediction().latencySeconds();
        double own = quote.prediction().latencySeconds();
        if (quote.equals(fastest)) {
            return "fastest";
        }
        return quote.interval().contains(own, best)
                ? "within noise"
                : String.format(Locale.ROOT, "%.2fx slower", own / best);
    }

    /** The key that the vendor's profiler uses. */
    private static String activeKey(Resource resource) {
        return switch (resource) {
            case DMA -> "dma_active_time_percent";
            case TENSOR, VECTOR, SCALAR, GPSIMD ->
                    resource.name().toLowerCase(Locale.ROOT) + "_engine_active_time_percent";
        };
    }

    private static void add(List<Column> columns, List<Cell> cells, Column column, Cell cell) {
        columns.add(column);
        cells.add(cell);
    }
}
