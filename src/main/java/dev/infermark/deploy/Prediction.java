package dev.infermark.deploy;

import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkReleases;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Resource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The modelled behaviour of a deployment.
 *
 * @param model the network
 * @param batch sequences or images of one call
 * @param deployment how it is served
 * @param precision the types it computes in
 * @param phases what a call consists of, in order; one for an encoder
 * @param latencySeconds median time of a call as a client sees it
 * @param throughput sequences or images per second of all copies together
 * @param memory device memory that each core uses
 */
public record Prediction(
        String model,
        long batch,
        Deployment deployment,
        Precision precision,
        List<Phase> phases,
        double latencySeconds,
        double throughput,
        MemoryUse memory) {

    /** What a part of a call is bound by in which cores do nothing but exchange tensors. */
    public static final String EXCHANGES = "exchanges";

    /** Copies the list. */
    public Prediction {
        phases = List.copyOf(phases);
    }

    /** The first phase's run on one core, which is all of an encoder's. */
    public Estimate estimate() {
        return phases.getFirst().estimate();
    }

    /** Exposed host and transfer time of a call, over all phases. */
    public double hostSeconds() {
        return phases.stream().mapToDouble(Phase::hostSeconds).sum();
    }

    /**
     * What most of a call is due to: exchanges among cores; the host, where it takes longer than the core that it
     * overlaps with or exposes more than any engine; or else the engine that bounds the core.
     */
    public String boundBy() {
        Phase first = phases.getFirst();
        double most = Stream.of(Resource.values()).mapToDouble(first.estimate()::share).max().orElse(0);
        if (first.exchangeSeconds() > Math.max(most, first.hostSeconds())) {
            return EXCHANGES;
        }
        boolean isHost = first.hostWork().isLonger() || first.hostSeconds() > most;
        return isHost ? first.hostWork().label() : first.estimate().boundBy().label();
    }

    /** Exchanges among the cores of a tensor-parallel group, over all phases; 0 without one. */
    public double exchangeSeconds() {
        return phases.stream().mapToDouble(Phase::exchangeSeconds).sum();
    }

    /** Whether the core is one whose parameters were fitted, not one that a user changed. */
    public boolean isCalibrated() {
        return !deployment.instance().chip().core().differsFromOriginal();
    }

    /** The type of matmuls and convolutions, such as {@code bf16}. */
    public String matmulType() {
        return precision.matmul().label();
    }

    /** The type of all other operators, such as {@code fp32}. */
    public String elementwiseType() {
        return precision.elementwise().label();
    }

    /** The Neuron SDK that it is compiled by, with the date of what is known of it. */
    public String sdkLabel() {
        return SdkReleases.builtIn().label(deployment.sdk());
    }

    /** Cost at the hourly price of a book. */
    public Cost cost(String book, double dollarsPerHour) {
        return new Cost(book, dollarsPerHour, throughput);
    }
}
