package dev.infermark.report.generation;

import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.hardware.PriceBook;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.generate.GenerationQuantity;
import java.util.List;
import java.util.Locale;

/** What most people ask of text generation. */
public final class GenerationBrief {
    private static final double MILLI = 1e3;

    private GenerationBrief() {}

    /** The answer in two lines of text. */
    public static String answer(GenerationQuote quote, PriceBook book, GenerationIntervals intervals) {
        GenerationPrediction prediction = quote.prediction();
        GenerationRequest request = prediction.request();
        String instance = quote.question().instance().name();
        double hourly = book.price(instance).dollarsPerHour();
        double tpot = MILLI * prediction.timePerToken();
        Interval interval = intervals.of(GenerationQuantity.TPOT, quote.question());
        return String.format(
                Locale.ROOT,
                """
                %s ms to the first token, %s ms per token (%s %s to %s), %s output tokens/s, $%s per million
                %s, batch %d, %,d tokens in, %,d out, tp %d, on %s at $%s/h; modelled, bound by %s
                """,
                TableFormat.forPeople(MILLI * prediction.timeToFirstToken()),
                TableFormat.forPeople(tpot),
                interval.lead(),
                TableFormat.forPeople(interval.lower(tpot)),
                TableFormat.forPeople(interval.upper(tpot)),
                TableFormat.forPeople(prediction.outputTokensPerSecond()),
                TableFormat.forPeople(quote.dollarsPerMillionTokens(hourly)),
                quote.modelName(),
                request.batch(),
                request.inputTokens(),
                request.outputTokens(),
                quote.question().degree(),
                instance,
                hourly,
                prediction.medianStep().largest().label());
    }

    /** What people compare: a row for each answer. */
    public static Table table(List<GenerationQuote> quotes, PriceBook book) {
        return new Table(
                List.of(
                        Column.plain("instance_type", "Instance"),
                        Column.plain("tensor_parallel_size", "Tensor parallel"),
                        Column.plain("data_parallel_size", "Copies"),
                        Column.modelled("median_ttft_ms", "First token", "ms"),
                        Column.modelled("median_tpot_ms", "Per token", "ms"),
                        Column.modelled("output_throughput", "Output tokens", "1/s"),
                        Column.modelled("cost_per_1m_output_tokens", "Cost per million", "$"),
                        Column.modelled("bound_by", "Bound by", ""),
                        Column.plain("idle_cores", "Idle cores")),
                quotes.stream().map(quote -> row(quote, book)).toList());
    }

    private static List<Cell> row(GenerationQuote quote, PriceBook book) {
        GenerationPrediction prediction = quote.prediction();
        String instance = quote.question().instance().name();
        return List.of(
                Cell.of(instance),
                Cell.of((long) quote.question().degree()),
                Cell.of((long) quote.copies()),
                Cell.of(MILLI * prediction.timeToFirstToken()),
                Cell.of(MILLI * prediction.timePerToken()),
                Cell.of(prediction.outputTokensPerSecond()),
                Cell.of(quote.dollarsPerMillionTokens(book.price(instance).dollarsPerHour())),
                Cell.of(prediction.medianStep().largest().label()),
                Cell.of((long) quote.idleCores()));
    }
}
