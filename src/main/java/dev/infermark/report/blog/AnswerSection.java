package dev.infermark.report.blog;

import dev.infermark.base.NumberKind;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.PairTable;
import dev.infermark.report.document.PairTable.Group;
import dev.infermark.report.document.PairTable.Line;
import dev.infermark.report.document.PairTable.Pair;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.Bar;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.blog.HeldOutBlog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/** What the title of the post claims, published beside modelled, for each of its workloads. */
public final class AnswerSection {
    private static final double THROUGHPUT_CLAIM = 4;
    private static final double LATENCY_CLAIM = 10;

    private AnswerSection() {}

    /** The claims of the title against the table, in a sentence or two. */
    public static String answer(List<HeldOutBlog.Answer> answers) {
        List<BlogWorkload> workloads = BlogWorkload.of(answers);
        Supplier<DoubleStream> published =
                () -> workloads.stream().mapToDouble(each -> each.inf1().published().improvement().doubleValue());
        Supplier<DoubleStream> modelled = () -> workloads.stream().mapToDouble(BlogWorkload::modelledRatio);
        return "AWS says that Inferentia2 (Inf2) delivers 4x the throughput and up to 10x lower latency than"
                + " Inferentia1 (Inf1). In the " + workloads.size() + " workloads of its own table the ratios are "
                + range(published) + "; Infermark models " + range(modelled) + ". 4x is reached by "
                + count(published, THROUGHPUT_CLAIM) + " published and " + count(modelled, THROUGHPUT_CLAIM)
                + " modelled ratios, 10x by " + count(published, LATENCY_CLAIM) + " and "
                + count(modelled, LATENCY_CLAIM) + ".";
    }

    /** The section. */
    public static Section of(List<HeldOutBlog.Answer> answers) {
        List<BlogWorkload> workloads = BlogWorkload.of(answers);
        PairTable table = new PairTable(
                "Inf2 over Inf1 in times.",
                List.of("Workload"),
                List.of(Group.single("Throughput"), Group.single("Lower latency")),
                workloads.stream().map(AnswerSection::line).toList());
        return Section.front("answer", "How many times better is Inf2?", List.of(
                new Block.Pairs(table, new Block.Grid(
                        "blog-improvement", "Inf2 over Inf1", BlogReport.improvement(answers))),
                new Block.Text("With one client and one call in flight, throughput is one over latency, so both ratios"
                        + " agree. Published throughput ratios are derived from the post's calls/s."),
                new Block.Figures(List.of(new Block.Figure(
                        plot(workloads), "published by AWS (the post's table), modelled by Infermark",
                        "blog-improvement")))));
    }

    private static Line line(BlogWorkload workload) {
        String modelled = TableFormat.forPeople(new Cell.Quantity(workload.modelledRatio(), 3));
        return new Line(
                List.of(workload.title()),
                List.of(
                        new Pair(workload.derivedThroughputRatio().toPlainString(), modelled),
                        new Pair(workload.inf1().published().improvement().toPlainString(), modelled)));
    }

    private static BarPlot plot(List<BlogWorkload> workloads) {
        return new BarPlot(
                "blog-improvement",
                "How many times lower is the latency on Inf2?",
                "Inf1 latency / Inf2 latency",
                workloads.stream().map(BlogWorkload::title).toList(),
                List.of(
                        series(NumberKind.PUBLISHED, Hue.BLUE, workloads,
                                each -> Bar.printed(each.inf1().published().improvement())),
                        series(NumberKind.MODELLED, Hue.ORANGE, workloads, each -> Bar.of(each.modelledRatio()))));
    }

    private static BarPlot.Series series(
            NumberKind kind, Hue hue, List<BlogWorkload> workloads, Function<BlogWorkload, Bar> bar) {
        return new BarPlot.Series(
                "", hue, kind, workloads.stream().map(each -> Optional.of(bar.apply(each))).toList());
    }

    private static String range(Supplier<DoubleStream> ratios) {
        return String.format(
                Locale.ROOT,
                "%.1f to %.1f",
                ratios.get().min().orElseThrow(),
                ratios.get().max().orElseThrow());
    }

    private static String count(Supplier<DoubleStream> ratios, double claim) {
        return ratios.get().filter(ratio -> ratio >= claim).count() + " of " + ratios.get().count();
    }
}
