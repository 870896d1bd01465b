package dev.infermark.report.blog;

import dev.infermark.base.NumberKind;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import dev.infermark.validate.blog.BlogExam;
import dev.infermark.validate.blog.BlogTable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The blog's table and plots. */
public final class BlogSection {
    private BlogSection() {}

    /** The section of these answers. */
    public static Section of(List<BlogExam.Answer> answers) {
        return new Section(
                "blog",
                "The blog's table",
                List.of(
                        new Block.Text("Published by the " + BlogTable.SOURCE + ": the mean latency of ten sequential"
                                + " calls by one client, and the cost at the on-demand price of the instance. Modelled"
                                + " from hardware figures and the calibrated parameters listed at the end; these eight"
                                + " rows examine the models and none of them was used for calibration."),
                        new Block.Highlights(List.of(
                                new Block.Highlight(
                                        percent(BlogExam.meanAbsoluteError(answers)),
                                        "mean absolute error of the latencies",
                                        NumberKind.MODELLED),
                                new Block.Highlight(
                                        percent(worst(answers)), "largest absolute error", NumberKind.MODELLED))),
                        new Block.Grid("blog-latency", "Latency of a call", BlogReport.latency(answers)),
                        new Block.Grid("blog-cost", "Throughput and cost", BlogReport.throughputAndCost(answers)),
                        new Block.Grid(
                                "blog-improvement", "Inf1 latency over Inf2 latency", BlogReport.improvement(answers)),
                        new Block.Plots(plots(answers)),
                        new Block.Folded(
                                "Everything in one table",
                                List.of(new Block.Grid("blog", "All columns", BlogReport.table(answers))))));
    }

    private static List<BarPlot> plots(List<BlogExam.Answer> answers) {
        return List.of(
                plot(
                        answers,
                        "blog-latency",
                        "Latency",
                        "ms per call",
                        BarPlot.Scale.LOGARITHMIC,
                        answer -> answer.published().latencyMillis(),
                        BlogExam.Answer::latencyMillis),
                plot(
                        answers,
                        "blog-throughput",
                        "Throughput",
                        "sequences per second",
                        BarPlot.Scale.LINEAR,
                        BlogReport::publishedSequences,
                        BlogReport::modelledSequences),
                plot(
                        answers,
                        "blog-cost",
                        "Cost",
                        "$ per million inferences",
                        BarPlot.Scale.LINEAR,
                        answer -> 1e6 * answer.publishedCost(),
                        answer -> 1e6 * answer.modelledCost()));
    }

    private static BarPlot plot(
            List<BlogExam.Answer> answers,
            String name,
            String title,
            String axis,
            BarPlot.Scale scale,
            ToDoubleFunction<BlogExam.Answer> published,
            ToDoubleFunction<BlogExam.Answer> modelled) {
        List<BlogExam.Answer> inf1 = BlogReport.of(answers, "inf1");
        List<BlogExam.Answer> inf2 = BlogReport.of(answers, "inf2");
        return new BarPlot(
                name,
                title,
                axis,
                scale,
                inf1.stream().map(BlogSection::workload).toList(),
                List.of(
                        series("Inf1", Hue.BLUE, NumberKind.PUBLISHED, inf1, published),
                        series("Inf1", Hue.BLUE, NumberKind.MODELLED, inf1, modelled),
                        series("Inf2", Hue.ORANGE, NumberKind.PUBLISHED, inf2, published),
                        series("Inf2", Hue.ORANGE, NumberKind.MODELLED, inf2, modelled)));
    }

    private static BarPlot.Series series(
            String label,
            Hue hue,
            NumberKind kind,
            List<BlogExam.Answer> answers,
            ToDoubleFunction<BlogExam.Answer> value) {
        Stream<OptionalDouble> values =
                answers.stream().map(answer -> OptionalDouble.of(value.applyAsDouble(answer)));
        return new BarPlot.Series(label, hue, kind, values.toList());
    }

    /** A workload in few letters for an axis, such as {@code BERT b10}. */
    static String workload(BlogExam.Answer answer) {
        String family = answer.published().model().replaceFirst("-.*", "").toUpperCase(Locale.ROOT);
        return family + " b" + answer.published().batch();
    }

    private static double worst(List<BlogExam.Answer> answers) {
        return answers.stream().mapToDouble(answer -> Math.abs(answer.error())).max().orElseThrow();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
