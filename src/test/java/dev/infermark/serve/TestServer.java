package dev.infermark.serve;

import com.google.protobuf.ByteString;
import dev.infermark.graph.Shape;
import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.Service;
import dev.infermark.runtime.queue.Tail;
import dev.infermark.serve.device.ModelQueue;
import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.grpc.GrpcInference;
import dev.infermark.serve.model.Datatype;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.ServedModels;
import dev.infermark.serve.model.TensorSpec;
import dev.infermark.serve.pacing.Pacer;
import dev.infermark.serve.pacing.PacingErrors;
import dev.infermark.serve.pacing.TimeScale;
import dev.infermark.serve.protocol.InferenceService;
import dev.infermark.serve.rest.RestRoutes;
import inference.ModelInferRequest;
import java.time.Duration;
import java.util.List;

/**
 * A server of a model {@code small}, which takes up to 4 rows of {@code ids} and {@code features} and gives
 * {@code scores}, and of a model {@code fixed}, which takes whole calls alone; on any free port.
 */
public final class TestServer implements AutoCloseable {
    private static final int BATCH = 4;
    private static final Service SERVICE = new Service(1, 1e-3, 1e-3, Tail.NONE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A request for one row, as JSON. */
    public static final String SMALL_REQUEST = """
            {"inputs":[{"name":"ids","datatype":"INT64","shape":[1,3],"data":[1,2,3]},
            {"name":"features","datatype":"FP32","shape":[1,2],"data":[1,2]}]}""";

    private final Pacer pacer = new Pacer();
    private final ModelStatistics statistics = new ModelStatistics();
    private final PacingErrors errors = new PacingErrors();
    private final InferenceService service;
    private final InferenceServer server;

    /** Starts it. */
    public TestServer() {
        this(1 << 20, 100);
    }

    /** Starts one whose models are timed like this. */
    public TestServer(Service service, Batching batching) {
        this(service, batching, 1 << 20, 10_000, PATIENCE);
    }

    /** Starts one that leaves clients who are silent for a time. */
    public TestServer(Duration silence) {
        this(SERVICE, new Batching(BATCH, 0), 1 << 20, 100, silence);
    }

    /** Starts one that takes bodies of so many bytes, and lets so many requests wait. */
    public TestServer(int longestBody, int queueLimit) {
        this(SERVICE, new Batching(BATCH, 0), longestBody, queueLimit, PATIENCE);
    }

    private TestServer(
            Service device, Batching batching, int longestBody, int queueLimit, Duration silence) {
        ServedModels models = new ServedModels(List.of(
                model("small", BATCH, List.of(
                        spec("ids", Datatype.INT64, true, BATCH, 3), spec("features", Datatype.FP32, true, BATCH, 2)),
                        queue("small", device, batching, queueLimit)),
                model("fixed", 0, List.of(spec("image", Datatype.FP16, false, 2, 2)),
                        queue("fixed", device, batching, queueLimit))));
        service = new InferenceService(models, pacer, errors, statistics);
        server = InferenceServer.start(
                service,
                new ServerSettings(
                        "127.0.0.1", 0, longestBody, 4096, silence, Duration.ofSeconds(5)),
                List.of(new RestRoutes(service, statistics, "test")),
                List.of(GrpcInference.of(service, "test")));
    }

    private ModelQueue queue(String name, Service device, Batching batching, int limit) {
        return new ModelQueue(
                new ModelQueue.Placement(name, 0, 1),
                device,
                batching,
                limit,
                1,
                pacer,
                new TimeScale(pacer.nanos(), 1),
                statistics);
    }

    private static ServedModel model(String name, int maxBatch, List<TensorSpec> inputs, ModelQueue queue) {
        TensorSpec scores = spec("scores", Datatype.FP32, maxBatch > 0, BATCH, 5);
        return new ServedModel(name, "modelled in a test", inputs, List.of(scores), maxBatch, BATCH, queue);
    }

    /** The same request as a message. */
    public static ModelInferRequest smallMessage() {
        return ModelInferRequest.newBuilder()
                .setModelName("small")
                .addInputs(input("ids", "INT64", 3))
                .addInputs(input("features", "FP32", 2))
                .addRawInputContents(ByteString.copyFrom(new byte[3 * Long.BYTES]))
                .addRawInputContents(ByteString.copyFrom(new byte[2 * Float.BYTES]))
                .build();
    }

    private static ModelInferRequest.InferInputTensor input(String name, String datatype, long width) {
        return ModelInferRequest.InferInputTensor.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(1)
                .addShape(width)
                .build();
    }

    private static TensorSpec spec(String name, Datatype type, boolean isBatched, long... shape) {
        return new TensorSpec(name, type, Shape.of(shape), isBatched);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** What it has counted once nothing is under way; clients have their answers a little before. */
    public ModelStatistics statistics() throws InterruptedException {
        while (service.inFlight() > 0) {
            Thread.sleep(Duration.ofMillis(1));
        }
        return statistics;
    }

    /** How its answers were paced. */
    public PacingErrors.Summary errors() {
        return errors.summary();
    }

    /** Ends it as a user does. */
    public long stop() throws InterruptedException {
        return server.stop();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pacer.close();
        }
    }
}
