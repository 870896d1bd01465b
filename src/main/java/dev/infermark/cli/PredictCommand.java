package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.ExpectedQuote;
import dev.infermark.deploy.HostMemory;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.NetworkFacts;
import dev.infermark.deploy.PipelineQuoter;
import dev.infermark.deploy.PipelineQuoter.Choice;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.deploy.pipeline.Pipeline;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.generation.GenerationBrief;
import dev.infermark.report.generation.GenerationReport;
import dev.infermark.report.generation.PipelineReport;
import dev.infermark.report.prediction.BranchReport;
import dev.infermark.report.prediction.LayerReport;
import dev.infermark.report.prediction.NearestReport;
import dev.infermark.report.prediction.PredictionReport;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.compiled.CompiledNetwork;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.nearest.Neighbour;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark predict}: one model on one instance. */
@Command(
        mixinStandardHelpOptions = true,
        name = "predict",
        description = "Predicts latency, throughput, cost, engine shares and memory of a model on an instance.")
final class PredictCommand implements Runnable {
    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private CompiledOption compiled = new CompiledOption();

    @Option(
            names = "--instance",
            defaultValue = "inf2.xlarge",
            split = ",",
            paramLabel = "NAME",
            description = "The instance type (default: ${DEFAULT-VALUE}); several, by commas, are compared.")
    private List<String> instanceNames = List.of();

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Mixin
    private UnknownOption unknown = new UnknownOption();

    @Option(
            names = "--layers",
            description = "Print what bounds each layer, with the exchanges among cores, instead of the summary.")
    private boolean layers;

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private DeploymentOptions deployments = new DeploymentOptions();

    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private LazyOptions lazy = new LazyOptions();

    @Mixin
    private BranchOptions branches = new BranchOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private NearestOption nearest = new NearestOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Catalog catalog = hardware.catalog();
        PriceBook book = prices.book(catalog);
        List<Quote> quotes;
        if (compiled.isGiven()) {
            quotes = ofCompiled(catalog, book);
        } else {
            ModelSource source = Models.find(model.name());
            source.notes().forEach(note -> warn("note: " + note));
            Workload workload = workloadOptions.workload(source);
            boolean isLazy = lazy.isLazy();
            if (generation.isAsked(source, workload)) {
                if (layers) {
                    throw new UserError(
                            "--layers is not modelled for text generation; 'infermark explain' has its causes");
                }
                if (isLazy) {
                    throw new UserError("--mode lazy is not modelled for text generation; leave one of them out");
                }
                deployments.requireNoPipeline("text generation");
                Inapplicable.refuseForText(spec.commandLine().getParseResult());
                generate(source, workload, catalog, book);
                return;
            }
            Inapplicable.refuseForOneCall(spec.commandLine().getParseResult());
            if (isLazy || branches.isGiven()) {
                if (isLazy) {
                    branches.refuse("--mode lazy");
                }
                Call call = call(source, workload, catalog);
                print(isLazy ? lazy.table(call) : expected(call, book));
                return;
            }
            GenerationOptions.singleCall(source, workload).ifPresent(note -> warn("note: " + note));
            quotes = ofModel(source, workload, catalog, book);
        }
        print(quotes, catalog);
    }

    private Table expected(Call call, PriceBook book) {
        ExpectedQuote expected = branches.expected(call, book);
        if (format.isForPeople()) {
            spec.commandLine().getOut().println(format.fit(BranchReport.answer(expected)));
        }
        return BranchReport.table(expected);
    }

    private List<Quote> ofModel(ModelSource source, Workload workload, Catalog catalog, PriceBook book) {
        Network network = Network.of(source, workload, unknown.support());
        Quoter quoter = parameters.quoter();
        List<Quote> quotes = instances(catalog)
                .map(instance -> {
                    Precision precision = deployments.precision(instance.chip().core(), workload.type());
                    return quoter.quote(network, deployment(network, instance, precision), precision, book);
                })
                .toList();
        generation.notes().forEach(note -> warn("note: " + note));
        return quotes;
    }

    private Deployment deployment(Network network, Instance instance, Precision precision) {
        if (!deployments.isPipelineSought()) {
            return deployments.deployment(instance, generation.degree(network)).with(generation.norms());
        }
        generation.requireWholeCopies();
        List<Choice> choices = choices(network, deployments.pipeline(instance, 1), precision);
        return deployments.pipeline(
                instance,
                PipelineQuoter.best(choices)
                        .orElseThrow(() -> new UserError(network.facts().name() + " fits no pipeline over the "
                                + instance.coreCount() + " cores of " + instance.name()
                                + "; 'infermark fit' has its memory by class"))
                        .cores());
    }

    private List<Choice> choices(Network network, Deployment like, Precision precision) {
        return parameters.quoter().pipelines().choices(network, like.instance(), precision, like.sdk());
    }

    /** One call on the only instance; refuses several. */
    private Call call(ModelSource source, Workload workload, Catalog catalog) {
        generation.requireWholeCopies();
        List<Instance> instances = instances(catalog).toList();
        if (instances.size() > 1) {
            throw new UserError("several ways to run are compared on one instance; name one by --instance");
        }
        Instance instance = instances.getFirst();
        return new Call(
                source,
                workload,
                unknown.support(),
                parameters.quoter(),
                deployments.deployment(instance),
                deployments.precision(instance.chip().core(), workload.type()));
    }

    private List<Quote> ofCompiled(Catalog catalog, PriceBook book) {
        generation.requireWholeCopies();
        CompiledNetwork network = compiled.read(spec.commandLine().getParseResult());
        compiled.notes(network, parameters.calibrations()).forEach(this::warn);
        Quoter quoter = parameters.quoter();
        Stream<Instance> instances = spec.commandLine().getParseResult().hasMatchedOption("--instance")
                ? instances(catalog)
                : Stream.of(CompiledOption.smallest(network, catalog));
        return instances
                .map(instance -> quoter.quote(
                        network.on(instance.chip()),
                        deployments.deployment(instance, network.sdk()),
                        network.precision(),
                        book))
                .toList();
    }

    private Stream<Instance> instances(Catalog catalog) {
        if (instanceNames.isEmpty()) {
            throw new UserError("--instance names no instance; give one or several, for example inf2.xlarge");
        }
        return instanceNames.stream().map(catalog::instance);
    }

    private void print(List<Quote> quotes, Catalog catalog) {
        NetworkFacts facts = quotes.getFirst().network().facts();
        quotes.stream().filter(quote -> !quote.prediction().isCalibrated()).forEach(this::warnOfParameters);
        quotes.forEach(quote -> HostMemory.of(quote).warning(catalog).ifPresent(this::warn));
        if (deployments.isPipeline()) {
            long weights = facts.dividedWeights();
            warn("note: the documented rule, 4 · round(weights / 2e7), gives " + Pipeline.documentedCores(weights)
                    + " cores for " + weights + " weights");
            quotes.forEach(this::tellOfPipelines);
        }
        facts.unmodelled().ifPresent(unmodelled -> warn("costed as data movement only: " + unmodelled));
        if (layers) {
            List<Prediction> predictions = quotes.stream().map(Quote::prediction).toList();
            if (format.isForPeople()) {
                quotes.forEach(
                        quote -> spec.commandLine().getOut().println(format.fit(PredictionReport.answer(quote))));
                print(LayerReport.runs(predictions));
            } else {
                print(LayerReport.each(predictions));
            }
        } else if (format.isForPeople() && quotes.size() == 1) {
            spec.commandLine().getOut().print(format.fit(PredictionReport.answer(quotes.getFirst())));
            spec.commandLine().getOut().println(NearestReport.lines(neighbours(quotes, catalog).getFirst()));
            print(PredictionReport.summary(quotes).upright());
        } else {
            List<Quote> sorted = PredictionReport.fastestFirst(quotes);
            Table table = format.isForPeople() ? PredictionReport.quotes(sorted) : PredictionReport.summary(sorted);
            print(nearest.isAsked() ? NearestReport.beside(table, neighbours(sorted, catalog)) : table);
        }
    }

    /** Says how many cores are best, and, where they were sought, what they were compared with. */
    private void tellOfPipelines(Quote quote) {
        Prediction prediction = quote.prediction();
        List<Choice> choices = choices(quote.network(), prediction.deployment(), prediction.precision());
        PipelineQuoter.best(choices).ifPresent(best -> warn("note: of 1 to " + choices.getLast().cores()
                + " cores of " + prediction.deployment().instance().name() + " a pipeline of " + best.cores()
                + " lets most calls through for each core, with " + best.clients() + " clients"));
        if (deployments.isPipelineSought() && format.isForPeople()) {
            int documented = Pipeline.documentedCores(quote.network().facts().dividedWeights());
            print(PipelineReport.table(choices.stream()
                    .filter(choice -> Integer.bitCount(choice.cores()) == 1
                            || choice.cores() == documented
                            || choice.equals(choices.getLast())
                            || Math.abs(choice.cores() - prediction.deployment().coresPerCopy()) <= 1)
                    .toList()));
            spec.commandLine().getOut().println();
        }
    }

    private List<Optional<Neighbour>> neighbours(List<Quote> quotes, Catalog catalog) {
        return nearest.of(quotes.stream().map(NearestOption::wanted).toList(), catalog, parameters.calibrations());
    }

    private void generate(ModelSource source, Workload workload, Catalog catalog, PriceBook book) {
        TextModel text = TextModel.of(source, workload);
        SdkVersion release = deployments.release();
        GenerationQuoter quoter = parameters.quoter().generation();
        List<GenerationQuote> quotes = instanceNames.stream()
                .map(catalog::instance)
                .map(instance -> quoter.quote(generation.question(text, instance, workload.batch(), release), release))
                .toList();
        generation.notes(text, quotes.getFirst().question()).forEach(note -> warn("note: " + note));
        if (GenerationIntervals.isExtrapolated(text.shape())) {
            warn("note: an extrapolation: nothing as large as " + source.name() + " was published on these chips");
        }
        boolean isOneForPeople = format.isForPeople() && quotes.size() == 1;
        Table summary = format.isForPeople() && quotes.size() > 1
                ? GenerationBrief.table(quotes, book)
                : GenerationReport.summary(quotes, book, GenerationIntervals.builtIn());
        if (isOneForPeople || nearest.isAsked()) {
            List<Optional<Neighbour>> neighbours = nearest.of(
                    quotes.stream().map(quote -> NearestOption.wanted(quote, release)).toList(),
                    catalog,
                    parameters.calibrations());
            if (isOneForPeople) {
                spec.commandLine()
                        .getOut()
                        .print(format.fit(
                                GenerationBrief.answer(quotes.getFirst(), book, GenerationIntervals.builtIn())));
                spec.commandLine().getOut().println(NearestReport.lines(neighbours.getFirst()));
            } else {
                summary = NearestReport.beside(summary, neighbours);
            }
        }
        print(isOneForPeople ? summary.upright() : summary);
    }

    private void warnOfParameters(Quote quote) {
        NeuronCore core = quote.prediction().deployment().instance().chip().core();
        warn("uncalibrated: nothing was measured on core " + core.name() + "; it is predicted with the parameters of "
                + core.generation() + " and the widest interval there");
    }

    private void warn(String text) {
        spec.commandLine().getErr().println("infermark: " + text);
    }

    private void print(Table table) {
        spec.commandLine().getOut().print(format.write(table));
    }
}
