package dev.infermark.report.generation;

import dev.infermark.deploy.generate.Cause;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.hardware.Price;
import dev.infermark.hardware.PriceBook;
import dev.infermark.report.prediction.PriceColumns;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.generate.GenerationQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Predictions of text generation as tables, under vLLM's names where it has them. */
public final class GenerationReport {
    private static final double MILLI = 1e3;
    private static final double GIB = 0x1p30;

    private GenerationReport() {}

    /** One row per answer. */
    public static Table summary(List<GenerationQuote> quotes, PriceBook book, GenerationIntervals intervals) {
        List<Column> columns = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (GenerationQuote quote : quotes) {
            columns.clear();
            List<Cell> cells = new ArrayList<>();
            setting(columns, cells, quote);
            speed(columns, cells, quote, intervals);
            cost(columns, cells, quote, book);
            rows.add(cells);
        }
        return new Table(columns, rows);
    }

    private static void setting(List<Column> columns, List<Cell> cells, GenerationQuote quote) {
        GenerationRequest request = quote.prediction().request();
        plain(columns, cells, "model_name", "Model", Cell.of(quote.modelName()));
        plain(columns, cells, "instance_type", "Instance", Cell.of(quote.question().instance().name()));
        plain(columns, cells, "runtime", "Runtime", Cell.of(quote.question().runtime().label()));
        plain(columns, cells, "sdk", "Neuron SDK", Cell.of(quote.sdk()));
        plain(columns, cells, "tensor_parallel_size", "Tensor parallel",
                Cell.of((long) quote.question().degree()));
        if (quote.question().expertGroups() > 1) {
            plain(columns, cells, "expert_parallel_size", "Expert parallel",
                    Cell.of((long) quote.question().expertGroups()));
        }
        if (quote.question().hasNormsByTokens()) {
            plain(columns, cells, "sequence_parallel_enabled", "Sequence-parallel norms", Cell.of("true"));
        }
        plain(columns, cells, "data_parallel_size", "Copies", Cell.of((long) quote.copies()));
        plain(columns, cells, "idle_cores", "Idle cores", Cell.of((long) quote.idleCores()));
        plain(columns, cells, "weight_dtype", "Weights stored as",
                Cell.of(quote.question().storage().name().toLowerCase(Locale.ROOT)));
        plain(columns, cells, "batch_size", "Batch", Cell.of(request.batch()));
        plain(columns, cells, "input_length", "Input tokens", Cell.of(request.inputTokens()));
        plain(columns, cells, "output_length", "Output tokens", Cell.of(request.outputTokens()));
        plain(columns, cells, "compiled_length", "Compiled tokens", Cell.of(request.compiledTokens()));
    }

    private static void speed(
            List<Column> columns, List<Cell> cells, GenerationQuote quote, GenerationIntervals intervals) {
        GenerationPrediction prediction = quote.prediction();
        GenerationRequest request = prediction.request();
        Question question = quote.question();
        Interval first = intervals.of(GenerationQuantity.TTFT, question);
        Interval token = intervals.of(GenerationQuantity.TPOT, question);
        double ttft = MILLI * prediction.timeToFirstToken();
        double tpot = MILLI * prediction.timePerToken();
        modelled(columns, cells, "median_ttft_ms", "Time to first token", "ms", ttft);
        modelled(columns, cells, "ttft_lower_ms", first.title("from"), "ms", first.lower(ttft));
        modelled(columns, cells, "ttft_upper_ms", first.title("to"), "ms", first.upper(ttft));
        plain(columns, cells, "ttft_interval_kind", "Kind of range", Cell.of(first.kind()));
        modelled(columns, cells, "median_tpot_ms", "Time per token", "ms", tpot);
        modelled(columns, cells, "tpot_lower_ms", token.title("from"), "ms", token.lower(tpot));
        modelled(columns, cells, "tpot_upper_ms", token.title("to"), "ms", token.upper(tpot));
        plain(columns, cells, "tpot_interval_kind", "Kind of range", Cell.of(token.kind()));
        modelled(columns, cells, "mean_tpot_ms", "Mean time per token", "ms",
                MILLI * prediction.meanStep().total());
        modelled(columns, cells, "p99_itl_ms", "Longest step", "ms", MILLI * prediction.lastStep().total());
        modelled(columns, cells, "median_e2el_ms", "Whole request", "ms", MILLI * prediction.endToEnd());
        double throughput = prediction.outputTokensPerSecond();
        modelled(columns, cells, "output_throughput", "Output tokens", "1/s", throughput);
        modelled(columns, cells, "total_token_throughput", "All tokens", "1/s",
                throughput * (request.inputTokens() + request.outputTokens()) / request.outputTokens());
        modelled(columns, cells, "request_throughput", "Requests", "1/s", throughput / request.outputTokens());
        for (Cause cause : Cause.ofSteps()) {
            modelled(columns, cells, "tpot_" + cause.label() + "_ms", "Per token: " + cause.label(), "ms",
                    MILLI * prediction.medianStep().of(cause));
        }
    }

    private static void cost(List<Column> columns, List<Cell> cells, GenerationQuote quote, PriceBook book) {
        Price price = book.price(quote.question().instance().name());
        modelled(columns, cells, "memory_gib", "Memory of the fullest core", "GiB",
                quote.memory().first().total() / GIB);
        plain(columns, cells, "memory_capacity_gib", "Memory that a core has, GiB",
                Cell.of(quote.memory().capacity() / GIB));
        PriceColumns.add(columns, cells, book.name(), book.region(), price.date(), price.dollarsPerHour());
        modelled(columns, cells, "idle_usd_per_hour", "of which idle cores", "$/h",
                quote.idleShare() * price.dollarsPerHour());
        modelled(columns, cells, "cost_per_1m_output_tokens", "Cost per million output tokens", "$",
                quote.dollarsPerMillionTokens(price.dollarsPerHour()));
    }

    private static void plain(List<Column> columns, List<Cell> cells, String key, String title, Cell cell) {
        columns.add(Column.plain(key, title));
        cells.add(cell);
    }

    private static void modelled(
            List<Column> columns, List<Cell> cells, String key, String title, String unit, double value) {
        columns.add(Column.modelled(key, title, unit));
        cells.add(Cell.of(value));
    }
}
