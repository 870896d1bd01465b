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
import java.util.stream.Stream;

/**
 * What makes a network fit that exceeds a core's memory. A remedy is named only where the sizes say that it helps.
 *
 * @param use what the network needs of a core
 * @param instance where it does not fit
 * @param batch sequences or images of a call
 * @param precision the types it computes in
 */
record FitAdvice(MemoryUse use, Instance instance, long batch, Precision precision) {

    /** The remedies, best first: more cores for each copy, another instance, a narrower type, a smaller batch. */
    List<String> remedies() {
        List<String> remedies = new ArrayList<>();
        Optional<Integer> degree = degree(instance);
        degree.ifPresent(cores -> remedies.add("split each copy over " + cores + " cores (text generation: "
                + "--tensor-parallel " + cores + ")"));
        other(degree.isPresent()).ifPresent(remedies::add);
        if (precision.matmul() == DataType.FP32 && fits(use.constants() / 2, use.tensors(), use.scratchpad())) {
            remedies.add("--auto-cast all or a checkpoint in bf16");
        }
        largestBatch().ifPresent(size -> remedies.add(String.format(Locale.ROOT, "--batch %d or less", size)));
        return remedies;
    }

    /** The least power of two of cores, all on the instance, that hold one copy; empty where none do. */
    private Optional<Integer> degree(Instance where) {
        long capacity = where.chip().memory().coreBytes();
        return Stream.iterate(2, cores -> cores <= where.coreCount(), cores -> 2 * cores)
                .filter(cores -> use.constants() / cores + use.tensors() + use.scratchpad() / cores + runtime(where)
                        <= capacity)
                .findFirst();
    }

    /** An instance whose single core holds a copy, or else, where this one's cores do not, whose cores together do. */
    private Optional<String> other(boolean isSplitHere) {
        List<Instance> bySize = Catalog.builtIn().instances().stream()
                .filter(one -> !one.name().equals(instance.name()))
                .sorted(Comparator.comparingInt(Instance::coreCount).thenComparingLong(Instance::hostMemoryBytes))
                .toList();
        Optional<String> whole = bySize.stream()
                .filter(one -> use.total() - use.runtime() + runtime(one) <= one.chip().memory().coreBytes())
                .findFirst()
                .map(one -> one.name() + " has room on each core");
        return whole.isPresent() || isSplitHere
                ? whole
                : bySize.stream()
                        .filter(one -> degree(one).isPresent())
                        .findFirst()
                        .map(one -> one.name() + " holds a copy on " + degree(one).orElseThrow() + " cores");
    }

    /** The largest batch whose inputs, outputs and activations, which grow with it, fit beside the weights. */
    private Optional<Long> largestBatch() {
        long growing = use.tensors() + use.scratchpad();
        long room = use.capacity() - use.constants() - use.runtime();
        if (room <= 0 || growing == 0) {
            return Optional.empty();
        }
        long size = (long) ((double) room / growing * batch);
        return size >= 1 && size < batch ? Optional.of(size) : Optional.empty();
    }

    private boolean fits(long constants, long tensors, long scratchpad) {
        return constants + tensors + scratchpad + use.runtime() <= use.capacity();
    }

    private static long runtime(Instance where) {
        Chip chip = where.chip();
        return chip.memory().microcodeBytes();
    }
}
