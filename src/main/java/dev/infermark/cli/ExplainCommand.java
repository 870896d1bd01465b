package dev.infermark.cli;

import dev.infermark.base.Counted;
import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.generate.GenerationTimeline;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.plan.EncoderSearch;
import dev.infermark.plan.EncoderWhatIfs;
import dev.infermark.plan.GenerationSearch;
import dev.infermark.plan.GenerationWhatIfs;
import dev.infermark.plan.Roofline;
import dev.infermark.plan.RooflinePlace;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.plan.ExplainPage;
import dev.infermark.report.plan.ExplainReport;
import dev.infermark.report.plan.RooflinePlot;
import dev.infermark.report.plan.TimelinePlots;
import dev.infermark.report.prediction.PredictionReport;
import dev.infermark.report.table.Table;
import dev.infermark.report.trace.ChromeTrace;
import dev.infermark.report.trace.GenerationTrace;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.generate.GenerationQuantity;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark explain}: what the time of a prediction is due to, and what would change it. */
@Command(
        mixinStandardHelpOptions = true,
        name = "explain",
        description =
                "Tells what bounds a model on an instance, by engine and layer, and what each change would bring.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  infermark explain resnet50 --instance inf1.xlarge --batch 1",
            "  infermark explain bert-large-uncased --trace trace.json",
            "  infermark explain llama-3-8b --instance inf2.48xlarge --tp 8 --isl 128 --osl 128"
        })
final class ExplainCommand implements Runnable {
    private static final List<String> COMPARED = List.of("inf1.xlarge", "inf2.xlarge");

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private InstanceOption chosen = new InstanceOption();

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Print one table only: ${COMPLETION-CANDIDATES} (default: all; engines as csv or json).")
    private @Nullable Part part;

    private enum Part {
        SUMMARY,
        ENGINES,
        LAYERS,
        ROOFLINE,
        WHAT_IF
    }

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write the modelled run for Perfetto or chrome://tracing.")
    private @Nullable Path trace;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with timeline, roofline and all tables; it needs no network.")
    private @Nullable Path page;

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private DeploymentOptions deployments = new DeploymentOptions();

    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Catalog catalog = hardware.catalog();
        ModelSource source = Models.find(model.name());
        Workload workload = workloadOptions.workload(source);
        if (generation.isAsked(source, workload)) {
            if (part != null && part != Part.ENGINES && part != Part.WHAT_IF) {
                throw new UserError("--part " + part.name().toLowerCase(Locale.ROOT)
                        + " is not modelled for text generation; give engines or what_if");
            }
            Inapplicable.refuseForText(spec.commandLine().getParseResult());
            deployments.requireNoPipeline("text generation");
            generate(source, workload, catalog);
        } else {
            generation.requireWholeCopies();
            Inapplicable.refuseForOneCall(spec.commandLine().getParseResult());
            encode(source, workload, catalog);
        }
    }

    private void encode(ModelSource source, Workload workload, Catalog catalog) {
        Instance instance = chosen.of(catalog);
        PriceBook book = prices.book(catalog);
        CustomSupport custom = UnknownOption.none();
        Network network = Network.of(source, workload, custom);
        Deployment deployment = deployments.deployment(instance);
        Precision precision = deployments.precision(instance.chip().core(), workload.type());
        Quote quote = parameters.quoter().quote(network, deployment, precision, book);
        if (isWanted(Part.SUMMARY) && format.isForPeople()) {
            spec.commandLine().getOut().println(format.fit(PredictionReport.answer(quote)));
        }
        Prediction prediction = quote.prediction();
        Table summary = ExplainReport.summary(prediction, Roofline.of(network, prediction));
        Table engines = ExplainReport.engines(prediction);
        Table layers = ExplainReport.layers(prediction);
        List<RooflinePlace> layerPlaces = RooflinePlace.layers(network, prediction);
        List<RooflinePlace> enginePlaces = RooflinePlace.engines(network, prediction);
        Table roofline = RooflinePlot.table(layerPlaces, enginePlaces);
        print(Part.SUMMARY, format.isForPeople() ? summary.upright() : summary);
        print(Part.ENGINES, engines);
        print(Part.LAYERS, layers);
        print(Part.ROOFLINE, roofline);
        if (deployment.isPipeline() && isWanted(Part.ROOFLINE) && format.isForPeople()) {
            spec.commandLine()
                    .getOut()
                    .println("Weights that stay on the chips are not read, so places may lie above the memory's roof.");
        }
        if (isWanted(Part.WHAT_IF) || page != null) {
            EncoderWhatIfs changes = new EncoderWhatIfs(
                    new EncoderSearch(parameters.quoter(), Tails.builtIn(), book, _ -> List.of(precision)),
                    batch -> Network.of(source, workload.withBatch(batch), custom),
                    workload.type());
            Table whatIfs = ExplainReport.whatIfs(
                    changes.of(network, deployment, precision, others(catalog, instance, book)));
            print(Part.WHAT_IF, whatIfs);
            if (page != null) {
                SafeFiles.write(
                        page,
                        new ExplainPage(
                                        prediction.model(),
                                        PredictionReport.answer(quote).strip().replace("\n", ". "))
                                .plots(
                                        "timeline",
                                        "What works when",
                                        "The modelled timeline of one core, and the part of the call that the host"
                                                + " exposes.",
                                        TimelinePlots.of(prediction))
                                .table(
                                        "engines",
                                        "What the call waits for",
                                        "Each engine: how long the call waits for it,"
                                                + " works, stalls, and how long it could work unnoticed.",
                                        engines)
                                .table(
                                        "what-if",
                                        "What a change would bring",
                                        "One setting changed at a time.",
                                        whatIfs)
                                .plots(
                                        "roofline",
                                        "How far from the limits",
                                        "Layers and engines below the roofs of their core: the slope is the device"
                                            + " memory's, each flat end the documented peak of an engine. Point at a"
                                            + " dot for its name.",
                                        List.of(RooflinePlot.of(layerPlaces, enginePlaces)))
                                .table(
                                        "places",
                                        "The same in numbers",
                                        "Operations of the Tensor engine and of layers are those"
                                                + " of matmuls and convolutions; those of other engines elements.",
                                        roofline)
                                .table(
                                        "layers",
                                        "Layer by layer",
                                        "Equal layers that follow each other share a row.",
                                        layers)
                                .table(
                                        "summary",
                                        "Summary",
                                        "Under the names of Neuron Explorer in the command's CSV.",
                                        summary.upright())
                                .write());
            }
        }
        if (trace != null) {
            double rate = parameters.calibrations().of(instance.chip().core().generation()).streamBytesPerSecond();
            SafeFiles.write(trace, ChromeTrace.write(quote, rate));
        }
    }

    private void generate(ModelSource source, Workload workload, Catalog catalog) {
        TextModel text = TextModel.of(source, workload);
        long batch = workload.batch();
        SdkVersion sdk = deployments.release();
        PriceBook book = prices.book(catalog);
        Instance instance = chosen.of(catalog);
        GenerationQuoter quoter = parameters.quoter().generation();
        Question question = generation.question(text, instance, batch, sdk);
        GenerationQuote quote = quoter.quote(question, sdk);
        GenerationTimeline timeline = quoter.predictor(question, sdk).timeline(question.request());
        Table causes = ExplainReport.causes(quote.prediction());
        print(Part.ENGINES, causes);
        if (trace != null) {
            SafeFiles.write(trace, GenerationTrace.write(quote, timeline));
        }
        if (isWanted(Part.WHAT_IF) || page != null) {
            GenerationIntervals intervals = GenerationIntervals.builtIn();
            GenerationSearch search = new GenerationSearch(
                    quoter, sdk, other -> intervals.of(GenerationQuantity.TPOT, other), book);
            Stream<Question> degrees = generation.anyDegree(text, instance, batch, sdk)
                    .filter(other -> other.degree() != question.degree());
            Stream<Question> batches = Stream.of(4 * batch, batch / 4)
                    .filter(size -> size >= 1)
                    .map(size -> generation.question(text, instance, size, sdk));
            Table whatIfs = ExplainReport.whatIfs(
                    new GenerationWhatIfs(search).of(question, Stream.concat(degrees, batches)));
            print(Part.WHAT_IF, whatIfs);
            if (page != null) {
                SafeFiles.write(page, new ExplainPage(quote.modelName(), answer(quote))
                        .plots("timeline", "What works when", "The modelled timeline of each core of the group, which"
                                + " all do the same; layers follow each other.", TimelinePlots.of(timeline))
                        .table("engines", "What a token waits for", "Time by cause.", causes)
                        .table("what-if", "What a change would bring", "One setting changed at a time.", whatIfs)
                        .write());
            }
        }
    }

    private static String answer(GenerationQuote quote) {
        return String.format(
                Locale.ROOT,
                "%.4g ms to the first token and %.4g ms for each further one on %s of %s, batch %d; modelled",
                1e3 * quote.prediction().timeToFirstToken(),
                1e3 * quote.prediction().timePerToken(),
                Counted.of(quote.question().degree(), "core"),
                quote.question().instance().name(),
                quote.question().request().batch());
    }

    private static List<Instance> others(Catalog catalog, Instance instance, PriceBook book) {
        return COMPARED.stream()
                .filter(name -> !name.equals(instance.name()) && book.has(name))
                .map(catalog::instance)
                .toList();
    }

    private boolean isWanted(Part which) {
        return part == null ? format.isForPeople() || which == Part.ENGINES : part == which;
    }

    private void print(Part which, Table table) {
        if (isWanted(which)) {
            spec.commandLine().getOut().print(format.write(table));
            if (part == null && format.isForPeople()) {
                spec.commandLine().getOut().println();
            }
        }
    }
}
