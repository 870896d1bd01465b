package dev.infermark.cli;

import dev.infermark.base.NumberLines;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.runtime.LoadReport;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.LoadResult;
import dev.infermark.runtime.queue.QueueSimulation;
import dev.infermark.runtime.queue.RateSearch;
import dev.infermark.runtime.queue.Scenario;
import dev.infermark.runtime.queue.ScenarioResult;
import dev.infermark.runtime.queue.ScenarioRuns;
import dev.infermark.runtime.queue.Service;
import dev.infermark.runtime.queue.Services;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
            "  infermark load bert-base-uncased --scenario server --p99 15ms"
        })
final class LoadCommand implements Runnable {
    /** Requests of each run of a search, enough for a 99th percentile that is steady within some percent. */
    private static final long SEARCH_REQUESTS = 50_000;

    /** Requests of a burst. */
    private static final int BURST = 8;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--instance",
            defaultValue = "inf2.xlarge",
            paramLabel = "NAME",
            description = "The instance type (default: ${DEFAULT-VALUE}).")
    private String instanceName = "";

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "A scenario of MLPerf Inference: ${COMPLETION-CANDIDATES}; server needs --p99, the others "
                    + "no rate.")
    private @Nullable Scenario scenario;

    @ArgGroup
    private Demand demand = new Demand();

    /** What is asked of the service; one of these, or a scenario. */
    private static final class Demand {
        @Option(
                names = "--rate",
                converter = Units.Rate.class,
                paramLabel = "N/s",
                description = "Requests per second, by callers who do not wait for answers.")
        private @Nullable Double rate;

        @Option(names = "--trace", paramLabel = "FILE", description = "Times of arrival in seconds, one on each line.")
        private @Nullable Path trace;

        @Option(
                names = "--clients",
                paramLabel = "N",
                description = "Callers who send their next request when the last one is answered.")
        private @Nullable Integer clients;

        @Option(
                names = "--p99",
                converter = Units.Duration.class,
                paramLabel = "TIME",
                description = "Find the highest rate whose 99th percentile stays below, such as 20ms.")
        private @Nullable Double p99;
    }

    @Option(
            names = "--arrivals",
            defaultValue = "poisson",
            paramLabel = "KIND",
            description = "How a rate arrives: poisson, constant, bursts (of 8; default: ${DEFAULT-VALUE}).")
    private ArrivalKind arrivals = ArrivalKind.POISSON;

    private enum ArrivalKind {
        POISSON,
        CONSTANT,
        BURSTS
    }

    @Option(
            names = "--max-delay",
            converter = Units.Duration.class,
            defaultValue = "0ms",
            paramLabel = "TIME",
            description = "How long a request waits for others to fill its call (default: ${DEFAULT-VALUE}).")
    private double maxDelay;

    @Option(
            names = "--queue-limit",
            paramLabel = "N",
            description = "Requests that may wait; further ones are dropped (default: no limit).")
    private @Nullable Integer queueLimit;

    @Option(
            names = "--requests",
            defaultValue = "200000",
            paramLabel = "N",
            description = "Requests that are simulated (default: ${DEFAULT-VALUE}).")
    private long requests;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Start of the random numbers; equal seeds give equal results (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private DeploymentOptions deployments = new DeploymentOptions();

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
        if (requests < 1) {
            throw new UserError("--requests " + requests + " simulates none; give 1 or more");
        }
        requireOneDemand();
        Catalog catalog = hardware.catalog();
        Instance instance = catalog.instance(instanceName);
        ModelSource source = Models.find(model.name());
        Workload workload = workloadOptions.workload(source);
        Network network =
                Network.of(source, workload, new CustomSupport(CustomOperators.registered(), Set.of()));
        Service service = service(network, instance, workload);
        int batch = Math.toIntExact(network.batch());
        QueueSimulation simulation = new QueueSimulation(
                service,
                new Batching(batch, maxDelay),
                queueLimit == null ? QueueSimulation.UNLIMITED : queueLimit);
        Table table = scenario == null
                ? LoadReport.table(simulation, result(simulation))
                : LoadReport.table(simulation, result(simulation, scenario));
        spec.commandLine().getOut().print(format.format.write(format.isForPeople() ? table.upright() : table));
    }

    private void requireOneDemand() {
        boolean isFree = demand.rate == null && demand.trace == null && demand.clients == null;
        if (scenario == null && isFree && demand.p99 == null) {
            throw new UserError(
                    "nothing is asked of the service; give --rate, --trace, --clients, --p99 or --scenario");
        }
        if (scenario != null && (!isFree || (scenario == Scenario.SERVER) != (demand.p99 != null))) {
            throw new UserError("--scenario " + scenario + " takes "
                    + (scenario == Scenario.SERVER ? "the --p99 that it must hold, such as --p99 15ms,"
                            : "no --p99,")
                    + " and no --rate, --trace or --clients");
        }
    }

    private ScenarioResult result(QueueSimulation simulation, Scenario chosen) {
        ScenarioRuns runs = new ScenarioRuns(simulation, requests, seed);
        return switch (chosen) {
            case SINGLE_STREAM -> runs.singleStream();
            case MULTI_STREAM -> runs.multiStream();
            case SERVER -> new ScenarioRuns(simulation, searchRequests(), seed)
                    .server(Objects.requireNonNull(demand.p99));
            case OFFLINE -> runs.offline();
        };
    }

    private long searchRequests() {
        return Math.min(requests, SEARCH_REQUESTS);
    }

    private Service service(Network network, Instance instance, Workload workload) {
        Quoter quoter = parameters.quoter();
        Precision precision = deployments.precision(instance.chip().core(), workload.type());
        Deployment deployment = deployments.deployment(instance);
        Prediction alone = quoter.predict(network, deployments.deployment(instance, 1), precision);
        Prediction busy = quoter.predict(network, deployment, precision);
        return Services.of(alone, busy, Tails.builtIn().p99OverP50(Tails.Key.of(network, deployment)));
    }

    private LoadResult result(QueueSimulation simulation) {
        if (demand.rate != null) {
            double capacity = simulation.service().capacity(simulation.batching().size());
            if (demand.rate >= capacity && queueLimit == null) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%.6g requests per second exceed the capacity of %.6g, so the queue would grow without end; "
                                + "lower --rate, or give --queue-limit, more --cores, a larger --batch or instance",
                        demand.rate,
                        capacity));
            }
            return simulation.open(kind(demand.rate), requests, seed);
        }
        if (demand.trace != null) {
            Arrivals.Trace trace = new Arrivals.Trace(NumberLines.read(demand.trace));
            return simulation.open(trace, trace.size(), seed);
        }
        if (demand.clients != null) {
            if (demand.clients < 1) {
                throw new UserError("--clients " + demand.clients + " send nothing; give 1 or more");
            }
            return simulation.closed(demand.clients, requests, seed);
        }
        return new RateSearch(simulation, searchRequests(), seed)
                .highest(Objects.requireNonNull(demand.p99))
                .result();
    }

    private Arrivals kind(double rate) {
        return switch (arrivals) {
            case POISSON -> new Arrivals.Poisson(rate);
            case CONSTANT -> new Arrivals.Constant(rate);
            case BURSTS -> new Arrivals.Bursts(rate, BURST);
        };
    }
}
