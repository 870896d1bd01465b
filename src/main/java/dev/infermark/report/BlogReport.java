package dev.infermark.report;

import dev.infermark.base.NumberKind;
import dev.infermark.validate.BlogExam;
import java.util.List;

/** The blog's table, published beside modelled. */
public final class BlogReport {
    private BlogReport() {}

    /** One line per model, batch and device. */
    public static Table table(List<BlogExam.Answer> answers) {
        List<Column> columns = List.of(
                Column.plain("model", "Model"),
                Column.plain("batch", "Batch"),
                Column.plain("sequence_length", "Tokens"),
                Column.plain("device", "Device"),
                Column.plain("instance", "Instance"),
                Column.result("published_latency_ms", "Latency", "ms", NumberKind.PUBLISHED),
                Column.result("modelled_latency_ms", "Latency", "ms", NumberKind.MODELLED),
                Column.result("error_percent", "Error", "%", NumberKind.MODELLED));
        return new Table(columns, answers.stream().map(BlogReport::row).toList());
    }

    private static List<Cell> row(BlogExam.Answer answer) {
        return List.of(
                Cell.of(answer.published().model()),
                Cell.of(answer.published().batch()),
                Cell.of(answer.published().sequenceLength()),
                Cell.of(answer.published().device()),
                Cell.of(answer.published().instance()),
                Cell.of(answer.published().latencyMillis()),
                Cell.of(answer.latencyMillis()),
                new Cell.Quantity(100 * answer.error(), 3));
    }
}
