package dev.infermark.report.blog;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.blog.HeldOutBlog;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The blog's table, published beside modelled. */
public final class BlogReport {
    private static final String INF1 = "inf1";
    private static final String INF2 = "inf2";
    /** Two more than the post prints, for three significant digits at least. */
    private static final int COST_PLACES = 9;
    private static final List<Measure> WORKLOAD = List.of(
            plain("model_name", "Model", answer -> Cell.of(answer.published().model())),
            plain("batch_size", "Batch", answer -> Cell.of(answer.published().batch())),
            plain("sequence_length", "Tokens", answer -> Cell.of(answer.published().sequenceLength())));
    private static final List<Measure> DEVICE =
            List.of(plain("device", "Device", answer -> Cell.of(answer.published().device())));
    private static final List<Measure> LATENCY = List.of(
            published("latency_ms", "Latency", "ms", answer -> new Cell.Decimal(answer.published().printedLatency())),
            modelled("latency_ms", "Latency", "ms", answer -> Cell.of(answer.latencyMillis())),
            new Measure(
                    Column.modelled("error_percent", "Error", "%"),
                    answer -> new Cell.Quantity(100 * answer.error(), 3)));
    private static final List<Measure> INTERVAL = List.of(
            modelled("latency_lower_ms", "90 % interval from", "ms",
                    answer -> Cell.of(answer.interval().lower(answer.latencyMillis()))),
            modelled("latency_upper_ms", "to", "ms",
                    answer -> Cell.of(answer.interval().upper(answer.latencyMillis()))));
    private static final List<Measure> CALLS = List.of(
            published("calls_per_s", "Calls/s", "", answer -> new Cell.Decimal(answer.published().callsPerSecond())),
            modelled("calls_per_s", "Calls/s", "", answer -> Cell.of(modelledCalls(answer))));
    private static final List<Measure> SEQUENCES = List.of(
            new Measure(
                    Column.result("derived_sequences_per_s", "Sequences/s", "", NumberKind.DERIVED),
                    answer -> new Cell.Decimal(derivedSequences(answer))),
            modelled("sequences_per_s", "Sequences/s", "", answer -> Cell.of(modelledSequences(answer))));
    private static final List<Measure> COST = List.of(
            published("cost_per_inference_usd", "$ per inference", "",
                    answer -> new Cell.Decimal(answer.published().dollarsPerInference())),
            modelled("cost_per_inference_usd", "$ per inference", "", BlogReport::modelledCost));

    private BlogReport() {}

    /** A column with what it takes from a row. */
    private record Measure(Column column, Function<HeldOutBlog.Answer, Cell> cell) {}

    /** Everything, one line per model, batch, sequence length and device. */
    public static Table table(List<HeldOutBlog.Answer> answers) {
        List<Measure> instance = List.of(plain("instance_type", "Instance", a -> Cell.of(a.published().instance())));
        return table(
                answers,
                List.of(
                        WORKLOAD, DEVICE, instance, LATENCY, INTERVAL, CALLS, SEQUENCES, COST,
                        improvementWithin(answers)));
    }

    /** Latency and its error, one line per model, batch, sequence length and device. */
    public static Table latency(List<HeldOutBlog.Answer> answers) {
        return table(answers, List.of(WORKLOAD, DEVICE, LATENCY));
    }

    /** Throughput as the post counts it and cost by its formula, one line per workload and device. */
    public static Table throughputAndCost(List<HeldOutBlog.Answer> answers) {
        return table(answers, List.of(WORKLOAD, DEVICE, CALLS, COST));
    }

    /** How many times the Inf2 latency the Inf1 latency is, one line per workload. */
    public static Table improvement(List<HeldOutBlog.Answer> answers) {
        return table(of(answers, INF2), List.of(WORKLOAD, improvementWithin(answers)));
    }

    /** The mean absolute error in a sentence. */
    public static String verdict(List<HeldOutBlog.Answer> answers) {
        return String.format(
                Locale.ROOT,
                "Mean absolute error of the %d modelled latencies: %.1f %%",
                answers.size(),
                100 * HeldOutBlog.meanAbsoluteError(answers));
    }

    /** Sequences per second: published calls times batch. */
    private static BigDecimal derivedSequences(HeldOutBlog.Answer answer) {
        return answer.published().callsPerSecond().multiply(BigDecimal.valueOf(answer.published().batch()));
    }

    /** Sequences per second of one client: batch over the latency of a call. */
    private static double modelledSequences(HeldOutBlog.Answer answer) {
        return modelledCalls(answer) * answer.published().batch();
    }

    static double modelledCalls(HeldOutBlog.Answer answer) {
        return 1 / answer.prediction().latencySeconds();
    }

    private static Cell modelledCost(HeldOutBlog.Answer answer) {
        return new Cell.Decimal(
                BigDecimal.valueOf(answer.modelledCost()).setScale(COST_PLACES, RoundingMode.HALF_UP));
    }

    /** The rows of one device. */
    static List<HeldOutBlog.Answer> of(List<HeldOutBlog.Answer> answers, String device) {
        return answers.stream()
                .filter(answer -> answer.published().device().equals(device))
                .toList();
    }

    private static List<Measure> improvementWithin(List<HeldOutBlog.Answer> answers) {
        return List.of(
                published("improvement", "Inf2 over Inf1", "x", a -> new Cell.Decimal(a.published().improvement())),
                modelled("improvement", "Inf2 over Inf1", "x", a -> new Cell.Quantity(improvement(answers, a), 3)));
    }

    /** How many times the modelled Inf2 latency of a workload its modelled Inf1 latency is. */
    static double improvement(List<HeldOutBlog.Answer> answers, HeldOutBlog.Answer workload) {
        return latencyOf(answers, workload, INF1) / latencyOf(answers, workload, INF2);
    }

    private static double latencyOf(List<HeldOutBlog.Answer> answers, HeldOutBlog.Answer workload, String device) {
        return of(answers, device).stream()
                .filter(answer -> answer.published().model().equals(workload.published().model())
                        && answer.published().batch() == workload.published().batch())
                .findFirst()
                .orElseThrow()
                .latencyMillis();
    }

    private static Table table(List<HeldOutBlog.Answer> answers, List<List<Measure>> groups) {
        List<Measure> measures = groups.stream().flatMap(List::stream).toList();
        return new Table(
                measures.stream().map(Measure::column).toList(),
                answers.stream()
                        .map(answer -> measures.stream().map(m -> m.cell().apply(answer)).toList())
                        .toList());
    }

    private static Measure plain(String key, String title, Function<HeldOutBlog.Answer, Cell> cell) {
        return new Measure(Column.plain(key, title), cell);
    }

    private static Measure published(String key, String title, String unit, Function<HeldOutBlog.Answer, Cell> cell) {
        return new Measure(Column.result("published_" + key, title, unit, NumberKind.PUBLISHED), cell);
    }

    private static Measure modelled(String key, String title, String unit, Function<HeldOutBlog.Answer, Cell> cell) {
        return new Measure(Column.modelled("modelled_" + key, title, unit), cell);
    }
}
