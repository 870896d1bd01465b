package dev.infermark.plan;

import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Generation;
import dev.infermark.hardware.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a search tries.
 *
 * @param instances where
 * @param batches sequences or images of a call
 * @param workers clients of each copy
 */
public record Space(List<Instance> instances, List<Long> batches, List<Integer> workers) {
    /** Batches that publications use, up to those that bring nothing more. */
    public static final List<Long> BATCHES = List.of(1L, 2L, 4L, 6L, 8L, 16L, 32L, 64L);

    /** A lone client for each copy, and a second one that hides what the first one waits for. */
    public static final List<Integer> WORKERS = List.of(1, 2);

    /** Copies the lists. */
    public Space {
        instances = List.copyOf(instances);
        batches = List.copyOf(batches);
        workers = List.copyOf(workers);
    }

    /** How an instance's cores can share the work, with the clients that keep each copy busy. */
    Stream<Sharing> sharings(Instance instance) {
        List<Sharing> sharings = new ArrayList<>();
        powers(instance.coreCount()).forEach(cores -> workers.forEach(
                clients -> sharings.add(new Sharing(new Parallelism.Replicated(cores), clients))));
        // Only the compiler of the first generation divides layers among cores.
        if (instance.chip().core().generation() == Generation.NEURONCORE_V1) {
            powers(instance.coreCount()).filter(stages -> stages > 1).forEach(stages -> sharings.add(new Sharing(
                    new Parallelism.LayerPipeline(stages, instance.coreCount() / stages), stages)));
        }
        return sharings.stream();
    }

    /** Parallelism, and clients of each copy. */
    record Sharing(Parallelism parallelism, int workers) {}

    /** The powers of two below a number, and the number. */
    private static Stream<Integer> powers(int most) {
        return IntStream.concat(
                        IntStream.iterate(1, power -> power < most, power -> 2 * power), IntStream.of(most))
                .boxed();
    }
}
