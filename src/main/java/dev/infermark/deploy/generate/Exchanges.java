package dev.infermark.deploy.generate;

import dev.infermark.hardware.Instance;
import dev.infermark.lower.Exchange;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.collective.CollectiveGroup;
import dev.infermark.simulate.collective.CollectiveModel;
import dev.infermark.simulate.collective.CollectiveOperation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All-reduces between the layers of a network that a group of cores computes: a start, with the chain of dependent
 * instructions around it, and moving the tensor at the documented rate of large ones. The start is fitted twice: for
 * steps of one token of each sequence, and for large tensors of many tokens, up to which it grows with the logarithm of
 * their size.
 */
public final class Exchanges {
    private static final double SMALL_BYTES = 64 << 10;
    private static final double LARGE_BYTES = 1 << 20;

    private final GenerationCalibration generation;
    private final Instance instance;
    private final SdkVersion sdk;
    private final int degree;
    private final double chainSeconds;
    private final double busBytesPerSecond;

    /** The exchanges of a group of so many cores. */
    public Exchanges(GenerationCalibration generation, Instance instance, SdkVersion sdk, int degree) {
        this.generation = generation;
        this.instance = instance;
        this.sdk = sdk;
        this.degree = degree;
        this.chainSeconds = degree == 1
                ? 0
                : new CollectiveModel(new CollectiveGroup(instance, degree), sdk).chainSeconds();
        this.busBytesPerSecond = degree == 1
                ? Double.POSITIVE_INFINITY
                : instance.chip().collectives().orElseThrow().algorithmBytesPerSecond();
    }

    /** Seconds of an all-reduce in a step of decoding, of so many bytes on each core. */
    double step(double bytes) {
        return allReduce(generation.allReduceSeconds(), bytes);
    }

    /** Seconds of an all-reduce where all tokens go through the layers at once. */
    double prompt(double bytes) {
        double share = Math.log(bytes / SMALL_BYTES) / Math.log(LARGE_BYTES / SMALL_BYTES);
        double small = generation.allReduceSeconds();
        double start = small + Math.clamp(share, 0, 1) * (generation.largeAllReduceSeconds() - small);
        return allReduce(start, bytes);
    }

    private double allReduce(double start, double bytes) {
        return degree == 1
                ? 0
                : start
                        + chainSeconds
                        + CollectiveOperation.ALL_REDUCE.busFactor(degree) * bytes / busBytesPerSecond;
    }

    /** Seconds of the exchanges of each stage of one core's part of a network; empty for a single core. */
    public List<Double> of(Program part) {
        Map<Long, Exchanges> groups = new HashMap<>(Map.of((long) degree, this));
        return degree == 1 ? List.of() : part.stages().stream()
                .map(stage -> stage.exchanges().stream()
                        .mapToDouble(exchange -> groups.computeIfAbsent(
                                        exchange.collective().participants(), this::among)
                                .seconds(exchange))
                        .sum())
                .toList();
    }

    /** The exchanges of fewer cores of the group, as files have that divide their tensors in two ways. */
    private Exchanges among(long cores) {
        return new Exchanges(generation, instance, sdk, Math.toIntExact(cores));
    }

    /** An all-reduce traverses the group twice. */
    private double seconds(Exchange exchange) {
        double sum = prompt((double) exchange.bytes());
        double once = switch (exchange.collective().kind()) {
            case ALL_REDUCE -> sum;
            case ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL, PERMUTE -> sum / 2;
        };
        return exchange.repetitions() * once;
    }
}
