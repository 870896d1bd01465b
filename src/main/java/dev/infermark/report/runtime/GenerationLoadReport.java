package dev.infermark.report.runtime;

import static dev.infermark.base.NumberKind.MODELLED;

import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.hardware.PriceBook;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.continuous.DecodingService;
import dev.infermark.runtime.continuous.GenerationResult;
import dev.infermark.runtime.continuous.GenerationSimulation;
import dev.infermark.runtime.queue.Latencies;
import java.util.ArrayList;
import java.util.List;

/** Simulated runs of text generation as tables of one row, under the names of vLLM's benchmark where it has them. */
public final class GenerationLoadReport {
    private static final double MILLI = 1e3;
    private static final double PERCENT = 100;

    private final List<Column> columns = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();

    private GenerationLoadReport() {}

    /** Latencies, throughputs, what the slots were taken for, and what a million output tokens cost. */
    public static Table table(
            GenerationQuote quote,
            GenerationSimulation simulation,
            GenerationResult result,
            long seed,
            PriceBook book) {
        GenerationLoadReport report = new GenerationLoadReport();
        report.setting(quote, simulation.service());
        report.rates(simulation, result, seed);
        report.latencies("ttft", "Time to first token", result.latencies().ttft());
        report.latencies("tpot", "Time per token", result.latencies().tpot());
        report.latencies("itl", "Between tokens", result.latencies().itl());
        report.latencies("e2el", "Whole request", result.latencies().endToEnd());
        report.occupation(result);
        return LoadReport.priced(
                new Table(report.columns, List.of(report.cells)),
                "cost_per_1m_output_tokens",
                "Cost per million output tokens",
                result.perSecond(result.tokens().output()),
                book,
                quote.question().instance().name());
    }

    private void setting(GenerationQuote quote, DecodingService service) {
        plain("model_name", "Model", Cell.of(quote.modelName()));
        plain("instance_type", "Instance", Cell.of(quote.question().instance().name()));
        plain("runtime", "Runtime", Cell.of(quote.question().runtime().label()));
        plain("tensor_parallel_size", "Tensor parallel", Cell.of((long) quote.question().degree()));
        plain("data_parallel_size", "Copies", Cell.of((long) service.copies()));
        plain("batch_size", "Slots of a copy", Cell.of((long) service.slots()));
        plain("batching", "Batching", Cell.of(service.joining().label()));
        plain("compiled_length", "Compiled tokens", Cell.of(service.compiledTokens()));
    }

    private void rates(GenerationSimulation simulation, GenerationResult result, long seed) {
        GenerationResult.Tokens tokens = result.tokens();
        modelled("completed", "Completed", "", Cell.of(result.completed()));
        modelled("dropped", "Dropped", "", Cell.of(result.unanswered().dropped()));
        modelled("rejected", "Too long", "", Cell.of(result.unanswered().rejected()));
        modelled("duration", "Duration", "s", Cell.of(result.seconds()));
        modelled("total_input_tokens", "Input tokens", "", Cell.of(tokens.input()));
        modelled("total_output_tokens", "Output tokens", "", Cell.of(tokens.output()));
        modelled("request_throughput", "Requests", "1/s", Cell.of(result.perSecond(result.completed())));
        modelled("capacity_per_s", "Capacity", "1/s", Cell.of(simulation.capacity(seed)));
        modelled("request_goodput", "Goodput", "1/s", simulation.targets().isAsked()
                ? Cell.of(result.perSecond(result.good()))
                : new Cell.Missing("none asked"));
        modelled("output_throughput", "Output tokens", "1/s", Cell.of(result.perSecond(tokens.output())));
        modelled("total_token_throughput", "All tokens", "1/s",
                Cell.of(result.perSecond(tokens.input() + tokens.output())));
    }

    private void latencies(String name, String title, Latencies latencies) {
        latency("mean", name, title + ", mean", latencies, latencies.mean());
        latency("median", name, title + ", median", latencies, latencies.p50());
        latency("p90", name, title + ", p90", latencies, latencies.p90());
        latency("p99", name, title + ", p99", latencies, latencies.p99());
    }

    private void latency(String statistic, String name, String title, Latencies latencies, double seconds) {
        modelled(statistic + "_" + name + "_ms", title, "ms",
                latencies.count() == 0 ? new Cell.Missing("none") : Cell.of(MILLI * seconds));
    }

    private void occupation(GenerationResult result) {
        modelled("utilisation_percent", "Copies in a call", "%", percent(result.busy()));
        modelled("slot_utilisation_percent", "Slots taken", "%", percent(result.slotUtilisation()));
        modelled("in_flight", "In flight", "", new Cell.Quantity(result.meanInSystem(), 3));
        modelled("longest_queue", "Longest queue", "", Cell.of((long) result.longestQueue()));
    }

    private static Cell percent(double share) {
        return new Cell.Quantity(PERCENT * share, 3);
    }

    private void plain(String key, String title, Cell cell) {
        columns.add(Column.plain(key, title));
        cells.add(cell);
    }

    private void modelled(String key, String title, String unit, Cell cell) {
        columns.add(Column.result(key, title, unit, MODELLED));
        cells.add(cell);
    }
}
