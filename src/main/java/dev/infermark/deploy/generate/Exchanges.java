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
import java.util.Optional;

/**
 * Exchanges between the layers of a network that a group of cores computes: a start, with the chain of dependent
 * instructions around it, and moving the tensor as {@link CollectiveModel} says. The start is that of an all-reduce,
 * fitted twice: for steps of one token of each sequence, and for large tensors of many tokens, up to which it grows
 * with the logarithm of their size. Exchanges that traverse the group once start in half of it.
 */
public final class Exchanges {
    private static final double SMALL_BYTES = 64 << 10;
    private static final double LARGE_BYTES = 1 << 20;

    private final GenerationCalibration generation;
    private final Instance instance;
    private final SdkVersion sdk;
    private final int degree;
    private final Optional<CollectiveModel> alone;

    /** The exchanges of a group of so many cores. */
    public Exchanges(GenerationCalibration generation, Instance instance, SdkVersion sdk, int degree) {
        this.generation = generation;
        this.instance = instance;
        this.sdk = sdk;
        this.degree = degree;
        this.alone = degree == 1
                ? Optional.empty()
                : Optional.of(new CollectiveModel(new CollectiveGroup(instance, degree), sdk));
    }

    /** Seconds of an all-reduce in a step of decoding, of so many bytes on each core. */
    double step(double bytes) {
        return seconds(CollectiveOperation.ALL_REDUCE, generation.allReduceSeconds(), bytes);
    }

    /** Seconds of an all-reduce where all tokens go through the layers at once. */
    double prompt(double bytes) {
        return prompt(CollectiveOperation.ALL_REDUCE, bytes);
    }

    private double prompt(CollectiveOperation operation, double bytes) {
        double share = Math.log(bytes / SMALL_BYTES) / Math.log(LARGE_BYTES / SMALL_BYTES);
        double small = generation.allReduceSeconds();
        double start = small + Math.clamp(share, 0, 1) * (generation.largeAllReduceSeconds() - small);
        return seconds(operation, start, bytes);
    }

    private double seconds(CollectiveOperation operation, double startOfAllReduce, double bytes) {
        double traversals = operation.traversals() / (double) CollectiveOperation.ALL_REDUCE.traversals();
        return alone.map(model -> traversals * (startOfAllReduce + model.chainSeconds())
                        + model.movingSeconds(operation, bytes))
                .orElse(0.0);
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

    private double seconds(Exchange exchange) {
        CollectiveOperation operation = switch (exchange.collective().kind()) {
            case ALL_REDUCE -> CollectiveOperation.ALL_REDUCE;
            case ALL_GATHER -> CollectiveOperation.ALL_GATHER;
            case REDUCE_SCATTER -> CollectiveOperation.REDUCE_SCATTER;
            case ALL_TO_ALL -> CollectiveOperation.ALL_TO_ALL;
            case PERMUTE -> CollectiveOperation.SEND_RECEIVE;
        };
        return exchange.repetitions() * prompt(operation, (double) exchange.bytes());
    }
}
