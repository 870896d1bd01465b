package dev.infermark.deploy;

import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.Precision;
import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What makes a network fit that exceeds a core's memory. A remedy is named only where the sizes say that it helps.
 *
 * @param use what the network needs of a core
 * @param instance where it does not fit
 * @param network which
 * @param precision the types it computes in
 */
record FitAdvice(MemoryUse use, Instance instance, Network network, Precision precision) {

    /** The remedies, best first: fewer copies, more cores for each, another instance, a narrower type, less batch. */
    List<String> remedies() {
        List<String> remedies = new ArrayList<>();
        copies().ifPresent(copies -> remedies.add("--cores " + copies));
        Optional<Integer> degree = degree(instance);
        degree.ifPresent(cores -> remedies.add("split each copy over " + cores + " cores (--tensor-parallel "
                + cores + ")"));
        other(degree.isPresent()).ifPresent(remedies::add);
        if (precision.matmul() == DataType.FP32 && use.total() - use.core().constants() / 2 <= use.capacity()) {
            remedies.add("--auto-cast all or a checkpoint in bf16");
        }
        largestBatch().ifPresent(size -> remedies.add(String.format(Locale.ROOT, "--batch %d or less", size)));
        return remedies;
    }

    /** The most copies that one chip has room for, if there are fewer of them; empty where it has room for none. */
    private Optional<Integer> copies() {
        Chip chip = instance.chip();
        return IntStream.range(1, chip.coreCount())
                .boxed()
                .filter(copies -> use.total() <= MemoryUse.capacity(chip, copies))
                .filter(copies -> MemoryUse.capacity(chip, copies) > use.capacity())
                .max(Comparator.naturalOrder());
    }

    /** The least legal degree at which the instance's cores hold a copy; empty where none do, or nothing splits it. */
    private Optional<Integer> degree(Instance where) {
        long capacity = where.chip().memory().coreBytes();
        return network.degrees(where).stream()
                .filter(cores -> divided() / cores + use.core().tensors() + runtime(where) <= capacity)
                .findFirst();
    }

    /** An instance whose single core holds a copy, or else, where this one's cores do not, whose cores together do. */
    private Optional<String> other(boolean isSplitHere) {
        List<Instance> bySize = Catalog.builtIn().instances().stream()
                .filter(one -> !one.name().equals(instance.name()))
                .sorted(Comparator.comparingInt(Instance::coreCount).thenComparingLong(Instance::hostMemoryBytes))
                .toList();
        Optional<String> whole = bySize.stream()
                .filter(one -> divided() + use.core().tensors() + runtime(one)
                        <= one.chip().memory().coreBytes())
                .findFirst()
                .map(one -> one.name() + " has room on each core");
        return whole.isPresent() || isSplitHere
                ? whole
                : bySize.stream()
                        .filter(one -> degree(one).isPresent())
                        .findFirst()
                        .map(one -> one.name() + " holds a copy on " + degree(one).orElseThrow() + " cores");
    }

    /** The largest batch whose inputs, outputs, activations and their descriptors fit beside the weights. */
    private Optional<Long> largestBatch() {
        long growing = use.total() - use.core().constants() - use.core().runtime();
        long room = use.capacity() - use.core().constants() - use.core().runtime();
        if (room <= 0 || growing == 0) {
            return Optional.empty();
        }
        long size = (long) ((double) room / growing * network.facts().batch());
        return size >= 1 && size < network.facts().batch() ? Optional.of(size) : Optional.empty();
    }

    /** What several cores divide among themselves. */
    private long divided() {
        return use.total() - use.core().tensors() - use.core().runtime();
    }

    private static long runtime(Instance where) {
        Chip chip = where.chip();
        return chip.memory().microcodeBytes();
    }
}
