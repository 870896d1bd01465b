package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.report.table.TableFormat;
import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.QueueSimulation;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How many requests come, when, and how many may wait. */
final class DemandOptions {
    /** Requests of each run of a search, enough for a 99th percentile that is steady within some percent. */
    private static final long SEARCH_REQUESTS = 50_000;

    /** Requests of a burst. */
    private static final int BURST = 8;

    @ArgGroup
    private Asked asked = new Asked();

    /** What is asked of the service; one of these, or a scenario. */
    private static final class Asked {
        @ArgGroup(exclusive = false)
        private @Nullable Coming coming;

        @Option(
                names = "--trace",
                paramLabel = "FILE",
                description = "Times of arrival in seconds, one on each line; for text generation also CSV with"
                        + " arrival_s, input_length, output_length.")
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

    /** Requests that come whether others are answered or not. */
    private static final class Coming {
        @Option(
                names = "--rate",
                required = true,
                converter = Units.Rate.class,
                paramLabel = "N/s",
                description = "Requests per second, by callers who do not wait for answers.")
        private double rate;

        @Option(
                names = "--arrivals",
                defaultValue = "poisson",
                paramLabel = "KIND",
                description = "How the rate arrives: poisson, constant, bursts (of 8; default: ${DEFAULT-VALUE}).")
        private ArrivalKind arrivals = ArrivalKind.POISSON;
    }

    private enum ArrivalKind {
        POISSON,
        CONSTANT,
        BURSTS
    }

    @Option(
            names = "--queue-limit",
            paramLabel = "N",
            description = "Requests that may wait; further ones are dropped (default: no limit).")
    private @Nullable Integer queueLimit;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Requests that are simulated (default: 200000, 10000 of text generation; at most 50000 and "
                    + "2000 at each rate where the highest one is searched for).")
    private @Nullable Long requests;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Start of the random numbers; equal seeds give equal results (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** The rate that was asked for, per second. */
    Optional<Double> rate() {
        return Optional.ofNullable(asked.coming).map(coming -> coming.rate);
    }

    /** The file of arrivals. */
    Optional<Path> trace() {
        return Optional.ofNullable(asked.trace);
    }

    /** Callers who wait for answers. */
    Optional<Integer> clients() {
        if (asked.clients != null && asked.clients < 1) {
            throw new UserError("--clients " + asked.clients + " send nothing; give 1 or more");
        }
        return Optional.ofNullable(asked.clients);
    }

    /** The 99th percentile to keep, in seconds. */
    Optional<Double> p99() {
        return Optional.ofNullable(asked.p99);
    }

    /** Whether a rate, a trace or callers were given. */
    boolean isLoad() {
        return asked.coming != null || asked.trace != null || asked.clients != null;
    }

    /** Requests of a run. */
    long requests(long defaultCount) {
        long count = requests == null ? defaultCount : requests;
        if (count < 1) {
            throw new UserError("--requests " + count + " simulates none; give 1 or more");
        }
        return count;
    }

    /** Requests of each run of a search. */
    long searchRequests(long defaultCount) {
        return Math.min(requests(defaultCount), SEARCH_REQUESTS);
    }

    long seed() {
        return seed;
    }

    /** Most requests that wait. */
    int queueLimit() {
        return queueLimit == null ? QueueSimulation.UNLIMITED : queueLimit;
    }

    /** How a rate arrives; refuses one that a service without a limit of its queue cannot answer. */
    Arrivals arrivals(double rate, double capacity) {
        if (rate >= capacity && queueLimit == null) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s requests per second exceed the capacity of %s, so the queue would grow without end; "
                            + "lower --rate, or give --queue-limit, more --cores, a larger --batch or instance",
                    TableFormat.forPeople(rate),
                    TableFormat.forPeople(capacity)));
        }
        return switch (asked.coming == null ? ArrivalKind.POISSON : asked.coming.arrivals) {
            case POISSON -> new Arrivals.Poisson(rate);
            case CONSTANT -> new Arrivals.Constant(rate);
            case BURSTS -> new Arrivals.Bursts(rate, BURST);
        };
    }
}
