package dev.infermark.cli;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Instance;
import dev.infermark.serve.InferenceServer;
import dev.infermark.serve.ServerSettings;
import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.device.ServingListener;
import dev.infermark.serve.generate.GenerationService;
import dev.infermark.serve.grpc.GrpcInference;
import dev.infermark.serve.metrics.DeviceCounters;
import dev.infermark.serve.metrics.MetricsRoutes;
import dev.infermark.serve.metrics.MonitoredMachine;
import dev.infermark.serve.model.ServedModels;
import dev.infermark.serve.openai.OpenAiRoutes;
import dev.infermark.serve.pacing.PacedClock;
import dev.infermark.serve.pacing.Pacer;
import dev.infermark.serve.pacing.PacingErrors;
import dev.infermark.serve.pacing.TimeScale;
import dev.infermark.serve.protocol.InferenceService;
import dev.infermark.serve.rest.RestRoutes;
import io.helidon.webserver.http.HttpService;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark serve}: the modelled device as a server, until it is told to end. */
@Command(
        mixinStandardHelpOptions = true,
        name = "serve",
        description = "Serves models over HTTP and gRPC, each answer after its modelled time; outputs are zeros, or"
                + " placeholders where text is generated (with --tensor-parallel or lengths) over OpenAI's API.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  infermark serve --model bert-large-uncased --batch 8 --max-delay 5ms",
            "  infermark serve --model bert=bert-base-uncased --model resnet50 --port 9000",
            "  curl localhost:8000/v2/models/bert-large-uncased",
            "  infermark serve --model llama-3-8b --instance inf2.48xlarge --tp 8 --batch 4 --compiled-length 2048"
        })
final class ServeCommand implements Runnable {
    private static final int MEGA = 1 << 20;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "[NAME=]MODEL",
            description = "A built-in name or a model file, and what clients call it (a '=' after a '/' is part of a"
                    + " path); may be repeated.")
    private List<String> models = List.of();

    @Option(
            names = "--instance",
            defaultValue = "inf2.xlarge",
            paramLabel = "NAME",
            description = "The instance type, whose cores the models share out (default: ${DEFAULT-VALUE}).")
    private String instance = "";

    @Option(
            names = "--max-delay",
            converter = Units.Duration.class,
            defaultValue = "0ms",
            paramLabel = "TIME",
            description = "How long a request waits for others to fill its call (default: ${DEFAULT-VALUE}).")
    private double maxDelay;

    @Option(
            names = "--queue-limit",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Sequences or images of a model that may wait; further ones are turned away "
                    + "(default: ${DEFAULT-VALUE}).")
    private int queueLimit;

    @Option(
            names = "--time-scale",
            defaultValue = "1",
            paramLabel = "FACTOR",
            description = "How many times faster than the device all is answered (default: ${DEFAULT-VALUE}).")
    private double timeScale;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Start of the random numbers by which calls' times spread (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: ${DEFAULT-VALUE}, for this machine alone).")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8000",
            paramLabel = "N",
            description = "Port for HTTP and gRPC, 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--max-body",
            defaultValue = "64",
            paramLabel = "MB",
            description = "Largest body of a request (default: ${DEFAULT-VALUE}).")
    private int maxBody;

    @Option(
            names = "--max-connections",
            defaultValue = "4096",
            paramLabel = "N",
            description = "Most connections at a time (default: ${DEFAULT-VALUE}).")
    private int maxConnections;

    @Option(
            names = "--idle-timeout",
            converter = Units.Duration.class,
            defaultValue = "60s",
            paramLabel = "TIME",
            description = "How long a client may be silent (default: ${DEFAULT-VALUE}).")
    private double idleTimeout;

    @Option(
            names = "--drain-timeout",
            converter = Units.Duration.class,
            defaultValue = "30s",
            paramLabel = "TIME",
            description = "How long requests may take to be answered at the end (default: ${DEFAULT-VALUE}).")
    private double drainTimeout;

    @Mixin
    private WorkloadOptions workload = new WorkloadOptions();

    @Mixin
    private DeploymentOptions deployments = new DeploymentOptions();

    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        ServerSettings settings = settings();
        try (Pacer pacer = new Pacer()) {
            ModelStatistics statistics = new ModelStatistics();
            Instance machine = hardware.catalog().instance(instance);
            DeviceCounters counters = new DeviceCounters(machine.coreCount());
            PacingErrors errors = new PacingErrors();
            Setting setting = new Setting(
                    machine,
                    pacer,
                    new TimeScale(pacer.nanos(), timeScale),
                    errors,
                    statistics,
                    ServingListener.all(List.of(statistics, counters)));
            Served served = generation.isAsked() ? text(setting) : networks(setting);
            List<HttpService> routes = new ArrayList<>(served.routes());
            routes.add(new MetricsRoutes(
                    new MonitoredMachine(machine, served.memory(), runtimeTag()),
                    counters,
                    List.copyOf(served.origins().keySet()),
                    statistics,
                    pacer));
            InferenceServer server =
                    InferenceServer.start(served.service(), settings, routes, served.grpc());
            served.origins().forEach((name, origin) -> out.printf("%s: %s%n", name, origin));
            out.printf(
                    "listening on http://%s:%d; answers are %s, their times are modelled%n",
                    host, server.port(), generation.isAsked() ? "placeholders" : "zeros");
            out.flush();
            serve(server, out, errors);
        }
    }

    /**
     * What all models of a server share.
     *
     * @param machine where they are
     * @param clock what they wait by
     * @param scale of the device's time
     * @param errors of pacing
     * @param statistics of requests
     * @param listener what is told of all that happens
     */
    private record Setting(
            Instance machine,
            PacedClock clock,
            TimeScale scale,
            PacingErrors errors,
            ModelStatistics statistics,
            ServingListener listener) {}

    private Served networks(Setting setting) {
        Inapplicable.refuseForOneCall(spec.commandLine().getParseResult());
        ModelLoader loader = new ModelLoader(setting.machine(), workload, deployments, parameters.quoter());
        ModelLoader.Loaded loaded = loader.load(
                named(),
                new ModelLoader.Queueing(maxDelay, queueLimit, seed),
                setting.clock(),
                setting.scale(),
                setting.listener());
        InferenceService service = new InferenceService(
                new ServedModels(loaded.models()), setting.clock(), setting.errors(), setting.listener());
        Map<String, String> origins = new LinkedHashMap<>();
        loaded.models().forEach(model -> origins.put(model.name(), model.origin()));
        return new Served(
                service,
                List.of(new RestRoutes(service, setting.statistics(), version())),
                List.of(GrpcInference.of(service, version())),
                origins,
                loaded.memory());
    }

    private Served text(Setting setting) {
        Inapplicable.refuseForText(spec.commandLine().getParseResult());
        if (maxDelay > 0) {
            throw new UserError("--max-delay is for networks that run once per request; text generation takes each"
                    + " as soon as a slot is free");
        }
        GenerationLoader loader = new GenerationLoader(
                setting.machine(), generation, parameters.quoter().generation(), deployments.release());
        GenerationLoader.Loaded loaded = loader.load(named(), workload.batch(), queueLimit);
        GenerationService service = new GenerationService(
                loaded.model(), setting.clock(), setting.scale(), setting.errors(), setting.listener());
        return new Served(
                service,
                List.of(new OpenAiRoutes(service)),
                List.of(),
                Map.of(loaded.model().name(), loaded.model().origin()),
                loaded.memory());
    }

    /** Serves until the process is told to end, or this thread is interrupted. */
    private static void serve(InferenceServer server, PrintWriter out, PacingErrors errors) {
        Thread hook = new Thread(() -> end(server, out, errors), "drain");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            end(server, out, errors);
        }
    }

    /** Answers what is under way, and says how well all answers were paced. */
    private static void end(InferenceServer server, PrintWriter out, PacingErrors errors) {
        try {
            long left = server.stop();
            if (left > 0) {
                out.printf("not answered: %s%n", Counted.of(left, "request"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        PacingErrors.Summary summary = errors.summary();
        out.printf(
                Locale.ROOT,
                "%s, each sent after its modelled instant (measured): p50 %.1f µs, p99 %.1f µs, max %.1f µs%n",
                Counted.of(summary.count(), "answer"),
                summary.p50(),
                summary.p99(),
                summary.max());
        out.flush();
    }

    /** What names the process, as the Neuron runtime does where nothing else is said. */
    private static String runtimeTag() {
        return String.valueOf(ProcessHandle.current().pid());
    }

    /** The version alone, since protocols have the name of the server beside it. */
    private static String version() {
        return Infermark.version().substring("infermark ".length());
    }

    private List<NamedModel> named() {
        return models.stream().map(NamedModel::parse).toList();
    }

    /** What the options say of the server; refuses those that no server can have before any model is looked at. */
    private ServerSettings settings() {
        if (queueLimit < 1) {
            throw new UserError("--queue-limit " + queueLimit + " takes no request; give 1 or more");
        }
        return new ServerSettings(
                host, port, bytes(maxBody), maxConnections, duration(idleTimeout), duration(drainTimeout));
    }

    private static int bytes(int megabytes) {
        if (megabytes < 1 || megabytes > Integer.MAX_VALUE / MEGA) {
            throw new UserError("--max-body " + megabytes + " is no size of a body; give 1 to "
                    + Integer.MAX_VALUE / MEGA + " MB");
        }
        return megabytes * MEGA;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(1e9 * seconds));
    }
}
