package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.plan.Demand;
import dev.infermark.plan.Limit;
import dev.infermark.plan.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a deployment must reach. */
final class TargetOptions {
    @Option(
            names = "--latency-p99",
            converter = Units.Duration.class,
            paramLabel = "TIME",
            description = "The most that 99 of 100 calls may take, such as 20ms.")
    private @Nullable Double latency;

    @Mixin
    private GoodputOption goodput = new GoodputOption();

    @Option(
            names = "--throughput",
            converter = Units.Rate.class,
            paramLabel = "N/s",
            description = "A stream of work: so many sequences, images or output tokens per second.")
    private @Nullable Double throughput;

    @Option(
            names = "--requests",
            converter = Units.Rate.class,
            paramLabel = "N/s",
            description = "Requests that arrive at random and queue, per second.")
    private @Nullable Double requests;

    /** The times that must not be exceeded. */
    List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        if (latency != null) {
            limits.add(new Limit(Measure.LATENCY_P99, latency));
        }
        limits.addAll(goodput.limits());
        return limits;
    }

    /** How much is to be served. */
    Demand demand() {
        if (throughput != null && requests != null) {
            throw new UserError("--throughput is a stream of work and --requests arrive at random; give one of them");
        }
        return throughput != null
                ? new Demand.Throughput(throughput)
                : requests != null ? new Demand.Requests(requests) : new Demand.Saturated();
    }
}
