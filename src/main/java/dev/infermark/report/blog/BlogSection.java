package dev.infermark.report.blog;

import dev.infermark.base.NumberKind;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.PairTable;
import dev.infermark.report.document.PairTable.Fit;
import dev.infermark.report.document.PairTable.Group;
import dev.infermark.report.document.PairTable.Line;
import dev.infermark.report.document.PairTable.Pair;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.Bar;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.blog.BlogTable;
import dev.infermark.validate.blog.HeldOutBlog;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The blog's table in its own layout, and as plots. */
public final class BlogSection {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final List<String> DEVICES = List.of("Inf1", "Inf2");

    private BlogSection() {}

    /** The table. */
    public static Section table(List<HeldOutBlog.Answer> answers) {
        PairTable table = new PairTable(
                "Mean of ten sequential calls by one client; throughput in calls; cost per inference, on-demand,"
                        + " us-east-1.",
                List.of("Model", "Batch", "Tokens"),
                List.of(
                        new Group("Latency, ms", DEVICES),
                        Group.single("Improvement, x"),
                        new Group("Throughput, 1/s", DEVICES),
                        new Group("Cost, $", DEVICES)),
                BlogWorkload.of(answers).stream().map(BlogSection::line).toList());
        return Section.front("blog", "The blog's table", List.of(
                new Block.Pairs(table, new Block.Grid("blog", "All columns", BlogReport.table(answers))),
                new Block.Text("† The published latency lies outside the model's 90 % interval. Published by the "
                        + BlogTable.SOURCE + ". No row of this table was used for calibration.")));
    }

    private static Line line(BlogWorkload workload) {
        BlogTable.Row row = workload.inf1().published();
        Pair improvement = new Pair(row.improvement().toPlainString(), people(workload.modelledRatio()));
        return new Line(
                List.of(workload.model(), String.valueOf(row.batch()), String.valueOf(row.sequenceLength())),
                Stream.of(
                                pairs(workload, BlogSection::latency),
                                Stream.of(improvement),
                                pairs(workload, BlogSection::throughput),
                                pairs(workload, BlogSection::cost))
                        .flatMap(pairs -> pairs)
                        .toList());
    }

    private static Stream<Pair> pairs(BlogWorkload workload, Function<HeldOutBlog.Answer, Pair> pair) {
        return workload.answers().stream().map(pair);
    }

    private static Pair latency(HeldOutBlog.Answer answer) {
        return new Pair(
                answer.published().printedLatency().toPlainString(),
                people(answer.latencyMillis()),
                BlogWorkload.isOutside(answer) ? Fit.OUTSIDE : Fit.INSIDE);
    }

    private static Pair throughput(HeldOutBlog.Answer answer) {
        return new Pair(
                answer.published().callsPerSecond().toPlainString(), people(BlogReport.modelledCalls(answer)));
    }

    private static Pair cost(HeldOutBlog.Answer answer) {
        return new Pair(
                answer.published().dollarsPerInference().toPlainString(),
                BlogTable.rounded(answer.modelledCost()).toPlainString());
    }

    private static String people(double value) {
        return TableFormat.forPeople(new Cell.Quantity(value, 3));
    }

    /** The plots. */
    public static Section plots(List<HeldOutBlog.Answer> answers) {
        List<BlogWorkload> workloads = BlogWorkload.of(answers);
        return Section.detail("blog-plots", "The blog's latency, throughput and cost as plots", List.of(
                new Block.Figures(List.of(
                        figure(workloads, "blog-latency", "How long does a call take?", "ms per call",
                                answer -> Bar.printed(answer.published().printedLatency()),
                                HeldOutBlog.Answer::latencyMillis),
                        figure(workloads, "blog-throughput", "How many calls does one client make?",
                                "calls per second",
                                answer -> Bar.printed(answer.published().callsPerSecond()),
                                BlogReport::modelledCalls),
                        figure(workloads, "blog-cost", "What do a million inferences cost?",
                                "$ per million inferences",
                                answer -> Bar.printed(perMillion(answer.published().dollarsPerInference())),
                                answer -> 1e6 * answer.modelledCost()))),
                new Block.Grid("blog-latency", "Latency of a call, and its error", BlogReport.latency(answers)),
                new Block.Grid("blog-cost", "Throughput and cost", BlogReport.throughputAndCost(answers))));
    }

    /** The printed digits, moved by the decimal point alone. */
    private static BigDecimal perMillion(BigDecimal dollars) {
        return dollars.multiply(MILLION).setScale(dollars.scale() - 6);
    }

    private static Block.Figure figure(
            List<BlogWorkload> workloads,
            String name,
            String title,
            String axis,
            Function<HeldOutBlog.Answer, Bar> published,
            Function<HeldOutBlog.Answer, Double> modelled) {
        Function<HeldOutBlog.Answer, Bar> modelledBar = answer -> Bar.of(modelled.apply(answer));
        BarPlot plot = new BarPlot(
                name,
                title,
                axis,
                workloads.stream().map(BlogWorkload::title).toList(),
                List.of(
                        series("Inf1", Hue.BLUE, NumberKind.PUBLISHED, workloads, BlogWorkload::inf1, published),
                        series("Inf1", Hue.BLUE, NumberKind.MODELLED, workloads, BlogWorkload::inf1, modelledBar),
                        series("Inf2", Hue.ORANGE, NumberKind.PUBLISHED, workloads, BlogWorkload::inf2, published),
                        series("Inf2", Hue.ORANGE, NumberKind.MODELLED, workloads, BlogWorkload::inf2, modelledBar)));
        return new Block.Figure(plot, "published by AWS (the post's table), modelled by Infermark", "blog");
    }

    private static BarPlot.Series series(
            String label,
            Hue hue,
            NumberKind kind,
            List<BlogWorkload> workloads,
            Function<BlogWorkload, HeldOutBlog.Answer> device,
            Function<HeldOutBlog.Answer, Bar> bar) {
        return new BarPlot.Series(
                label,
                hue,
                kind,
                workloads.stream().map(device.andThen(bar)).map(Optional::of).toList());
    }
}
