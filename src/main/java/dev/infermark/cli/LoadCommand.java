package dev.infermark.cli;

import dev.infermark.base.NumberLines;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.runtime.GenerationLoadReport;
import dev.infermark.report.runtime.LoadReport;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.continuous.DecodingService;
import dev.infermark.runtime.continuous.GenerationResult;
import dev.infermark.runtime.continuous.GenerationSimulation;
import dev.infermark.runtime.continuous.PredictedTimes;
import dev.infermark.runtime.continuous.RequestSize;
import dev.infermark.runtime.continuous.RequestSizes;
import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.LoadResult;
import dev.infermark.runtime.queue.PercentileSearch;
import dev.infermark.runtime.queue.QueueSimulation;
import dev.infermark.runtime.queue.Scenario;
import dev.infermark.runtime.queue.ScenarioResult;
import dev.infermark.runtime.queue.ScenarioRuns;
import dev.infermark.runtime.queue.Service;
import dev.infermark.runtime.queue.Services;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark load}: latencies of a service whose requests queue. */
@Command(
        mixinStandardHelpOptions = true,
        name = "load",
        description = "Simulates requests that arrive at a rate, share calls and queue, and prints their latencies.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  infermark load bert-large-uncased --batch 4 --rate 300/s --max-delay 5ms",
            "  infermark load bert-large-uncased --batch 4 --p99 20ms",
            "  infermark load bert-base-uncased --trace src/examples/arrivals.txt",
            "  infermark load bert-base-uncased --scenario server --p99 15ms",
            "  infermark load llama-3-8b --instance inf2.48xlarge --tp 8 --batch 4 --isl 1024 --osl 256 --rate 2/s"
        })
final class LoadCommand implements Runnable {
    private static final long DEFAULT_REQUESTS = 200_000;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private InstanceOption chosen = new InstanceOption();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "A scenario of MLPerf Inference: ${COMPLETION-CANDIDATES}; server needs --p99, the others "
                    + "no rate.")
    private @Nullable Scenario scenario;

    @Mixin
    private DemandOptions demand = new DemandOptions();

    @Option(
            names = "--max-delay",
            converter = Units.Duration.class,
            defaultValue = "0ms",
            paramLabel = "TIME",
            description = "How long a request waits for others to fill its call (default: ${DEFAULT-VALUE}).")
    private double maxDelay;

    @Option(
            names = "--random-range-ratio",
            paramLabel = "R",
            description = "Draw the lengths of prompts and answers from (1 - R) to (1 + R) times theirs, 0 <= R < 1.")
    private @Nullable Double rangeRatio;

    @Mixin
    private GoodputOption goodput = new GoodputOption();

    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private DeploymentOptions deployments = new DeploymentOptions();

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
        PriceBook book = prices.book(catalog);
        Instance instance = chosen.of(catalog);
        ModelSource source = Models.find(model.name());
        Workload workload = workloadOptions.workload(source);
        if (generation.isAsked(source, workload)) {
            Inapplicable.refuseForText(spec.commandLine().getParseResult());
            print(generate(source, instance, workload, book));
            return;
        }
        generation.requireWholeCopies();
        Inapplicable.refuseForOneCall(spec.commandLine().getParseResult());
        requireOneDemand();
        Network network =
                Network.of(source, workload, UnknownOption.none());
        Service service = service(network, instance, workload);
        int batch = Math.toIntExact(network.batch());
        QueueSimulation simulation =
                new QueueSimulation(service, new Batching(batch, maxDelay), demand.queueLimit());
        print(scenario == null
                ? LoadReport.table(simulation, result(simulation), book, instance.name())
                : LoadReport.table(simulation, result(simulation, scenario), book, instance.name()));
    }

    private void print(Table table) {
        spec.commandLine().getOut().print(format.write(format.isForPeople() ? table.upright() : table));
    }

    private Table generate(ModelSource source, Instance instance, Workload workload, PriceBook book) {
        GenerationLoad load = new GenerationLoad(demand, goodput, spec.commandLine().getErr());
        if (scenario != null || maxDelay > 0 || demand.p99().isPresent()) {
            throw new UserError("--scenario, --max-delay and --p99 are for networks that run once per request; text"
                    + " generation has --rate, --trace, --clients and --goodput");
        }
        if (!demand.isLoad() && goodput.limits().isEmpty()) {
            throw new UserError("nothing is asked of the service; give --rate, --trace, --clients or --goodput");
        }
        TextModel text = TextModel.of(source, workload);
        Optional<GenerationLoad.Trace> trace =
                demand.trace().map(file -> GenerationLoad.Trace.read(file, () -> sizes(text)));
        RequestSizes sizes = trace.map(GenerationLoad.Trace::sizes).orElseGet(() -> sizes(text));
        SdkVersion release = deployments.release();
        GenerationQuoter quoter = parameters.quoter().generation();
        Question question = generation.question(text, instance, workload.batch(), release, sizes.longest());
        GenerationQuote quote = quoter.quote(question, release);
        DecodingService service = PredictedTimes.service(quote, quoter.predictor(question, release));
        GenerationSimulation simulation = load.simulation(service, sizes);
        GenerationResult result = trace.map(each -> load.result(simulation, each.arrivals()))
                .orElseGet(() -> load.result(simulation));
        if (result.completed() == 0) {
            throw new UserError("no request fits the compiled length of " + service.compiledTokens()
                    + " tokens; raise --compiled-length or shorten the requests");
        }
        return GenerationLoadReport.table(quote, simulation, result, demand.seed(), book);
    }

    private RequestSizes sizes(TextModel text) {
        RequestSize size = generation.size(text);
        return rangeRatio == null ? new RequestSizes.Fixed(size) : new RequestSizes.Uniform(size, rangeRatio);
    }

    private void requireOneDemand() {
        if (rangeRatio != null || !goodput.limits().isEmpty()) {
            throw new UserError("--random-range-ratio and --goodput are for text generation; give --output-length too");
        }
        if (scenario == null && !demand.isLoad() && demand.p99().isEmpty()) {
            throw new UserError(
                    "nothing is asked of the service; give --rate, --trace, --clients, --p99 or --scenario");
        }
        if (scenario != null
                && (demand.isLoad() || (scenario == Scenario.SERVER) != demand.p99().isPresent())) {
            throw new UserError("--scenario " + scenario + " takes "
                    + (scenario == Scenario.SERVER ? "the --p99 that it must hold, such as --p99 15ms,"
                            : "no --p99,")
                    + " and no --rate, --trace or --clients");
        }
    }

    private ScenarioResult result(QueueSimulation simulation, Scenario chosen) {
        ScenarioRuns runs = new ScenarioRuns(simulation, demand.requests(DEFAULT_REQUESTS), demand.seed());
        return switch (chosen) {
            case SINGLE_STREAM -> runs.singleStream();
            case MULTI_STREAM -> runs.multiStream();
            case SERVER -> new ScenarioRuns(simulation, demand.searchRequests(DEFAULT_REQUESTS), demand.seed())
                    .server(demand.p99().orElseThrow());
            case OFFLINE -> runs.offline();
        };
    }

    private Service service(Network network, Instance instance, Workload workload) {
        Precision precision = deployments.precision(instance.chip().core(), workload.type());
        return Services.of(parameters.quoter(), network, deployments.deployment(instance), precision);
    }

    private LoadResult result(QueueSimulation simulation) {
        if (demand.rate().isPresent()) {
            double capacity = simulation.service().capacity(simulation.batching().size());
            Arrivals arrivals = demand.arrivals(demand.rate().get(), capacity);
            return simulation.open(arrivals, demand.requests(DEFAULT_REQUESTS), demand.seed());
        }
        if (demand.trace().isPresent()) {
            Arrivals.Trace trace = new Arrivals.Trace(NumberLines.read(demand.trace().get()));
            return simulation.open(trace, trace.size(), demand.seed());
        }
        if (demand.clients().isPresent()) {
            return simulation.closed(demand.clients().get(), demand.requests(DEFAULT_REQUESTS), demand.seed());
        }
        return new PercentileSearch(simulation, demand.searchRequests(DEFAULT_REQUESTS), demand.seed())
                .highest(demand.p99().orElseThrow())
                .result();
    }
}
