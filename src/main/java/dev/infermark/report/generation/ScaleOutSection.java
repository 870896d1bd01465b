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
import dev.infermark.validate.generate.GenerationIntervals;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Models that outgrow one core, as plots and tables. */
public final class ScaleOutSection {
    private static final double MILLI = 1e3;
    private static final double GIB = 0x1p30;
    private static final List<Cause> CAUSES = Cause.ofSteps();
    private static final List<Hue> HUES = List.of(Hue.BLUE, Hue.ORANGE, Hue.GREEN, Hue.PURPLE, Hue.SKY, Hue.GREY);
    private static final List<String> OF_DEGREES = List.of(
            "tensor_parallel_size", "data_parallel_size", "batch_size", "median_ttft_ms", "median_tpot_ms",
            "tpot_lower_ms", "tpot_upper_ms", "output_throughput", "cost_per_1m_output_tokens");
    private static final List<String> OF_BATCHES = Stream.of(
                    Stream.of("batch_size", "median_ttft_ms", "median_tpot_ms"),
                    CAUSES.stream().map(cause -> "tpot_" + cause.label() + "_ms"),
                    Stream.of("output_throughput", "cost_per_1m_output_tokens"))
            .flatMap(keys -> keys)
            .toList();
    private static final List<String> OF_LARGEST = List.of(
            "instance_type", "tensor_parallel_size", "weight_dtype", "batch_size", "memory_gib", "median_ttft_ms",
            "median_tpot_ms", "output_throughput", "cost_per_1m_output_tokens");
    private static final String SOURCE = "modelled by Infermark";

    private ScaleOutSection() {}

    /** The section of a study. */
    public static Section of(ScaleOutStudy study, PriceBook prices, GenerationIntervals intervals) {
        GenerationQuote first = study.largest().getFirst();
        return Section.detail(
                "scale-out",
                "Language models over many cores, pipelines over cores of Inf1",
                List.of(
                        new Block.Text(
                                "Llama 3 8B generates 256 tokens after 1,024 on inf2.48xlarge. A step's time is due to"
                                    + " weights, cache, attention, exchanges among the cores, sampling, and the host;"
                                    + " tokens per second and prices are those of all copies that the instance"
                                    + " holds."),
                        new Block.Figures(List.of(
                                new Block.Figure(degrees(study), SOURCE, "scale-degrees"),
                                new Block.Figure(causes(study), SOURCE, "scale-batches"))),
                        new Block.Grid(
                                "scale-degrees",
                                "Llama 3 8B over cores",
                                GenerationReport.summary(study.degrees(), prices, intervals)
                                        .only(OF_DEGREES)),
                        new Block.Grid(
                                "scale-batches",
                                "Llama 3 8B over 8 cores by batch",
                                GenerationReport.summary(study.batches(), prices, intervals)
                                        .only(OF_BATCHES)),
                        new Block.Notice(
                                "GPT-3 175B is an extrapolation: nobody published it on these chips. It is predicted"
                                        + " by transformers-neuronx; of the batches 1, 2, 8 and 16 those that are not"
                                        + " listed do not fit."),
                        new Block.Figures(List.of(
                                new Block.Figure(memory(ends(study.largest())), SOURCE, "scale-memory"),
                                new Block.Figure(pipelines(shown(study.pipelines())), SOURCE, "scale-pipeline"))),
                        new Block.Grid(
                                "scale-gpt3",
                                "GPT-3 175B, 1,024 tokens after 1,024",
                                GenerationReport.summary(study.largest(), prices, intervals)
                                        .only(OF_LARGEST)),
                        new Block.Grid(
                                "scale-memory",
                                "Memory of GPT-3 175B at batch 1 on "
                                        + first.question().degree() + " cores",
                                FitReport.memory(first.memory())),
                        new Block.Grid(
                                "scale-pipeline",
                                "BERT-base, 128 tokens, over cores of inf1.6xlarge",
                                PipelineReport.table(study.pipelines()))));
    }

    private static BarPlot degrees(ScaleOutStudy study) {
        List<Integer> cores = study.degrees().stream()
                .map(each -> each.question().degree())
                .distinct()
                .toList();
        return new BarPlot(
                "scale-degrees",
                "How long does a token of Llama 3 8B take over more cores?",
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
                "What does a token of Llama 3 8B take its time for, over 8 cores?",
                "ms per token",
                study.batches().stream()
                        .map(each -> "batch " + each.prediction().request().batch())
                        .toList(),
                CAUSES.stream()
                        .map(cause -> parts(cause.label(), HUES.get(CAUSES.indexOf(cause)), study.batches(),
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

    private static <T> BarPlot.Series parts(String label, Hue hue, List<T> of, ToDoubleFunction<T> value) {
        BarPlot.Series bars = series(label, hue, of, value);
        return new BarPlot.Series(label, hue, bars.kind(), BarPlot.Mark.PART, bars.bars());
    }

    /** The first and the other cores of some quotes, by class. */
    private static BarPlot memory(List<GenerationQuote> quotes) {
        List<CoreMemory> cores = quotes.stream()
                .flatMap(quote -> Stream.of(quote.memory().first(), quote.memory().others()))
                .toList();
        double capacity = quotes.getFirst().memory().capacity() / GIB;
        return new BarPlot(
                "scale-memory",
                "What fills a core of 24 with GPT-3 175B?",
                "GiB",
                quotes.stream()
                        .map(quote -> quote.question().storage().name() + ", batch "
                                + quote.question().request().batch())
                        .flatMap(words -> Stream.of(words + ", first core", words + ", other cores"))
                        .toList(),
                List.of(
                        parts("weights", Hue.BLUE, cores, each -> each.constants() / GIB),
                        parts("keys and values", Hue.ORANGE, cores, each -> each.tensors() / GIB),
                        parts("scratchpad", Hue.GREEN, cores, each -> each.scratchpad() / GIB),
                        parts("collectives", Hue.PURPLE, cores, each -> each.collectives() / GIB),
                        parts("DMA rings", Hue.SKY, cores, each -> each.rings() / GIB),
                        parts("code and runtime", Hue.GREY, cores, each -> (each.code() + each.runtime()) / GIB),
                        new BarPlot.Series("capacity", Hue.BLACK, NumberKind.PUBLISHED, BarPlot.Mark.TICK,
                                cores.stream().map(_ -> Optional.of(Bar.of(capacity))).toList())));
    }

    /** The first quote, and the one with the largest batch on the same instance. */
    private static List<GenerationQuote> ends(List<GenerationQuote> quotes) {
        GenerationQuote first = quotes.getFirst();
        GenerationQuote last = quotes.stream()
                .filter(each -> each.question().instance().equals(first.question().instance()))
                .reduce((_, later) -> later)
                .orElse(first);
        return List.of(first, last);
    }

    /** Every fourth number of cores, and all from where some keep their weights. */
    private static List<Choice> shown(List<Choice> pipelines) {
        return pipelines.stream()
                .filter(each -> each.cores() == 1 || each.cores() % 4 == 0 || each.pipeline().residentCores() > 0)
                .toList();
    }

    private static BarPlot pipelines(List<Choice> pipelines) {
        return new BarPlot(
                "scale-pipeline",
                "What does a pipeline of BERT-base bring on Inf1?",
                "ms",
                pipelines.stream().map(each -> Counted.of(each.cores(), "core")).toList(),
                List.of(
                        series("a call alone", Hue.BLUE, pipelines, each -> MILLI * each.aloneSeconds()),
                        series("between two calls", Hue.GREEN, pipelines,
                                each -> MILLI * each.pipeline().longestSeconds())));
    }
}
