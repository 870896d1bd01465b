package dev.infermark.report.generation;

import dev.infermark.base.Counted;
import dev.infermark.base.NumberKind;
import dev.infermark.deploy.CoreMemory;
import dev.infermark.deploy.PipelineQuoter.Choice;
import dev.infermark.deploy.generate.Cause;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.ScaleOutStudy;
import dev.infermark.hardware.PriceBook;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.Bar;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.generate.GenerationIntervals;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Models that outgrow one core, as plots and tables. */
public final class ScaleOutSection {
    private static final double MILLI = 1e3;
    private static final double GIB = 0x1p30;
    private static final List<Cause> CAUSES = List.of(Cause.values());
    private static final List<Hue> HUES = List.of(Hue.BLUE, Hue.ORANGE, Hue.GREEN, Hue.PURPLE, Hue.GREY);
    private static final String SOURCE = "modelled by Infermark";

    private ScaleOutSection() {}

    /** The section of a study. */
    public static Section of(ScaleOutStudy study, PriceBook prices, GenerationIntervals intervals) {
        GenerationQuote first = study.largest().getFirst();
        return Section.detail("scale-out", "Language models over many cores, pipelines over cores of Inf1", List.of(
                new Block.Text("Llama 3 8B generates 256 tokens after 1,024 on inf2.48xlarge. A step's time is due to"
                        + " weights, cache, attention, exchanges among the cores, and the host."),
                new Block.Figures(List.of(
                        new Block.Figure(degrees(study), SOURCE, "scale-degrees"),
                        new Block.Figure(causes(study), SOURCE, "scale-batches"))),
                new Block.Grid("scale-degrees", "Llama 3 8B over cores",
                        GenerationReport.summary(study.degrees(), prices, intervals)),
                new Block.Grid("scale-batches", "Llama 3 8B over 8 cores by batch",
                        GenerationReport.summary(study.batches(), prices, intervals)),
                new Block.Notice("GPT-3 175B is an extrapolation: nobody published it on these chips."),
                new Block.Figures(List.of(
                        new Block.Figure(memory(first), SOURCE, "scale-memory"),
                        new Block.Figure(pipelines(study.pipelines()), SOURCE, "scale-pipeline"))),
                new Block.Grid("scale-gpt3", "GPT-3 175B, 1,024 tokens after 1,024",
                        GenerationReport.summary(study.largest(), prices, intervals)),
                new Block.Grid("scale-memory", "Memory of GPT-3 175B at batch 1 on " + first.question().degree()
                        + " cores", FitReport.memory(first.memory())),
                new Block.Grid("scale-pipeline", "BERT-base, 128 tokens, over cores of inf1.6xlarge",
                        PipelineReport.table(study.pipelines()))));
    }

    private static BarPlot degrees(ScaleOutStudy study) {
        List<Integer> cores = study.degrees().stream()
                .map(each -> each.question().degree())
                .distinct()
                .toList();
        return new BarPlot(
                "scale-degrees",
                "How long does a token take over more cores?",
                "ms per token",
                cores.stream().map(count -> Counted.of(count, "core")).toList(),
                List.of(
                        batch(study, cores, 1, Hue.BLUE),
                        batch(study, cores, 16, Hue.ORANGE)));
    }

    private static BarPlot.Series batch(ScaleOutStudy study, List<Integer> cores, long batch, Hue hue) {
        return new BarPlot.Series(
                "batch " + batch,
                hue,
                NumberKind.MODELLED,
                cores.stream()
                        .map(degree -> study.degrees().stream()
                                .filter(each -> each.question().degree() == degree
                                        && each.prediction().request().batch() == batch)
                                .findFirst()
                                .map(each -> Bar.of(MILLI * each.prediction().timePerToken())))
                        .toList());
    }

    private static BarPlot causes(ScaleOutStudy study) {
        return new BarPlot(
                "scale-batches",
                "What does a token take its time for, over 8 cores?",
                "ms per token",
                study.batches().stream()
                        .map(each -> "batch " + each.prediction().request().batch())
                        .toList(),
                CAUSES.stream()
                        .map(cause -> series(cause.label(), HUES.get(CAUSES.indexOf(cause)), study.batches(),
                                each -> MILLI * each.prediction().medianStep().of(cause)))
                        .toList());
    }

    private static <T> BarPlot.Series series(String label, Hue hue, List<T> of, ToDoubleFunction<T> value) {
        return new BarPlot.Series(
                label,
                hue,
                NumberKind.MODELLED,
                of.stream().map(each -> Optional.of(Bar.of(value.applyAsDouble(each)))).toList());
    }

    private static BarPlot memory(GenerationQuote quote) {
        List<ToDoubleFunction<CoreMemory>> classes = List.of(
                CoreMemory::constants, CoreMemory::tensors, CoreMemory::scratchpad, CoreMemory::collectives,
                CoreMemory::rings, CoreMemory::code);
        CoreMemory first = quote.memory().first();
        CoreMemory others = quote.memory().others();
        return new BarPlot(
                "scale-memory",
                "What fills a core with GPT-3 175B at batch 1?",
                "GiB of " + Math.round(quote.memory().capacity() / GIB),
                List.of("weights", "keys and values", "scratchpad", "collectives", "DMA rings", "code"),
                List.of(
                        series("first core", Hue.BLUE, classes, each -> each.applyAsDouble(first) / GIB),
                        series("other cores", Hue.ORANGE, classes, each -> each.applyAsDouble(others) / GIB)));
    }

    private static BarPlot pipelines(List<Choice> pipelines) {
        return new BarPlot(
                "scale-pipeline",
                "What does a pipeline of BERT-base bring on Inf1?",
                "ms on the cores",
                pipelines.stream().map(each -> Counted.of(each.cores(), "core")).toList(),
                List.of(
                        series("a call alone", Hue.BLUE, pipelines, each -> MILLI * each.pipeline().fillSeconds()),
                        series("between two calls", Hue.GREEN, pipelines,
                                each -> MILLI * each.pipeline().longestSeconds())));
    }
}
