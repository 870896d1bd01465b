package dev.infermark.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.Latencies;
import dev.infermark.runtime.queue.QueueSimulation;
import dev.infermark.runtime.queue.Service;
import dev.infermark.runtime.queue.Tail;
import dev.infermark.serve.grpc.GrpcMethods;
import inference.ModelInferRequest;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Latencies that clients of the JDK and of grpc-java measure, beside those of the simulation. They are the host's, too,
 * so that this runs only when it is asked for, on a host with nothing else to do.
 */
@EnabledIfSystemProperty(named = "infermark.exhaustive", matches = "true")
class ClientLatenciesTest {
    private static final Service SERVICE = new Service(2, 18e-3, 20e-3, new Tail(1.1));
    private static final Batching BATCHING = new Batching(4, 5e-3);
    private static final int WARM_UP = 1_000;
    private static final int REQUESTS = 4_000;
    private static final int CLIENTS = 12;
    private static final double RATE = 250;
    private static final double TOLERANCE = 0.05;

    private final Histogram measured = new ConcurrentHistogram(4);

    private static void assertNear(Latencies simulated, Histogram measured) {
        assertEquals(simulated.mean(), measured.getMean() / 1e9, TOLERANCE * simulated.mean(), "mean");
        assertEquals(simulated.p50(), measured.getValueAtPercentile(50) / 1e9, TOLERANCE * simulated.p50(), "p50");
        assertEquals(simulated.p90(), measured.getValueAtPercentile(90) / 1e9, TOLERANCE * simulated.p90(), "p90");
        assertEquals(simulated.p99(), measured.getValueAtPercentile(99) / 1e9, TOLERANCE * simulated.p99(), "p99");
    }

    /** Times of a Poisson process, in seconds. */
    private static double[] arrivals(int requests, long seed) {
        Arrivals.Stream stream = new Arrivals.Poisson(RATE).stream(new SplittableRandom(seed));
        return DoubleStream.generate(stream::next).limit(requests).toArray();
    }

    /** What the simulation has for these times: a few thousand drawn anew would have another 99th percentile. */
    private static Latencies simulated(double[] arrivals) {
        return simulation().open(new Arrivals.Trace(arrivals), arrivals.length, 1).latencies();
    }

    private static QueueSimulation simulation() {
        return new QueueSimulation(SERVICE, BATCHING, QueueSimulation.UNLIMITED);
    }

    private static Callable<Object> overHttp(HttpClient client, int port) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/v2/models/small/infer"))
                .POST(HttpRequest.BodyPublishers.ofString(TestServer.SMALL_REQUEST))
                .build();
        return () -> {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(response.body());
            }
            return response;
        };
    }

    private static Callable<Object> overGrpc(ManagedChannel channel) {
        ModelInferRequest request = TestServer.smallMessage();
        return () -> ClientCalls.blockingUnaryCall(channel, GrpcMethods.MODEL_INFER, CallOptions.DEFAULT, request);
    }

    /** Callers that send at these times, whatever the answers. */
    private void open(Callable<Object> call, double[] arrivals) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> callers = new ArrayList<>();
        for (double arrival : arrivals) {
            long intended = start + Math.round(1e9 * arrival);
            for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            // From the intended time on, so that a late caller hides nothing.
            callers.add(Thread.ofVirtual().start(() -> record(call, intended)));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    /** Callers that each wait for an answer before they send again. */
    private void closed(Callable<Object> call, int requests) throws InterruptedException {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                for (int sent = 0; sent < requests / CLIENTS; sent++) {
                    record(call, System.nanoTime());
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private void record(Callable<Object> call, long start) {
        try {
            call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        measured.recordValue(System.nanoTime() - start);
    }

    @Test
    void openLoopsOverHttpSeeTheSimulatedLatencies() throws InterruptedException {
        try (TestServer server = new TestServer(SERVICE, BATCHING);
                HttpClient client = HttpClient.newHttpClient()) {
            Callable<Object> call = overHttp(client, server.port());
            open(call, arrivals(WARM_UP, 1));
            measured.reset();
            double[] arrivals = arrivals(REQUESTS, 2);
            open(call, arrivals);
            assertNear(simulated(arrivals), measured);
        }
    }

    @Test
    void openLoopsOverGrpcSeeTheSimulatedLatencies() throws InterruptedException {
        try (TestServer server = new TestServer(SERVICE, BATCHING)) {
            ManagedChannel channel = channel(server);
            Callable<Object> call = overGrpc(channel);
            open(call, arrivals(WARM_UP, 1));
            measured.reset();
            double[] arrivals = arrivals(REQUESTS, 2);
            open(call, arrivals);
            channel.shutdownNow();
            assertNear(simulated(arrivals), measured);
        }
    }

    @Test
    void closedLoopsOverHttpSeeTheSimulatedLatencies() throws InterruptedException {
        try (TestServer server = new TestServer(SERVICE, BATCHING);
                HttpClient client = HttpClient.newHttpClient()) {
            Callable<Object> call = overHttp(client, server.port());
            closed(call, WARM_UP);
            measured.reset();
            closed(call, REQUESTS);
            assertNear(simulation().closed(CLIENTS, 200_000, 1).latencies(), measured);
        }
    }

    @Test
    void closedLoopsOverGrpcSeeTheSimulatedLatencies() throws InterruptedException {
        try (TestServer server = new TestServer(SERVICE, BATCHING)) {
            ManagedChannel channel = channel(server);
            Callable<Object> call = overGrpc(channel);
            closed(call, WARM_UP);
            measured.reset();
            closed(call, REQUESTS);
            channel.shutdownNow();
            assertNear(simulation().closed(CLIENTS, 200_000, 1).latencies(), measured);
        }
    }

    private static ManagedChannel channel(TestServer server) {
        return OkHttpChannelBuilder.forAddress("127.0.0.1", server.port(), InsecureChannelCredentials.create())
                .build();
    }
}
