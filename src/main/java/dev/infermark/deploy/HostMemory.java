package dev.infermark.deploy;

import dev.infermark.base.Counted;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Memory of the host while a network is loaded: each copy is a process of its own, which holds the weights in the type
 * of their file, and the compiled network with the weights in the type of the core.
 *
 * <p>The operating system and the libraries come on top, so a network that is said not to fit never does.
 *
 * @param weights of one copy in the type of the file, in bytes
 * @param compiled constants of one copy as the core has them, in bytes
 * @param copies processes that load at the same time
 * @param instance whose host they share
 */
public record HostMemory(long weights, long compiled, int copies, Instance instance) {

    /** What a quoted deployment needs. */
    public static HostMemory of(Quote quote) {
        Prediction prediction = quote.prediction();
        return of(quote.network(), prediction.memory(), prediction.deployment());
    }

    /** What a deployment needs whose copies take this much of a core. */
    public static HostMemory of(Network network, MemoryUse memory, Deployment deployment) {
        return new HostMemory(
                network.facts().fileBytes(),
                memory.core().constants() * deployment.partsPerCopy(),
                deployment.copies(),
                deployment.instance());
    }

    /** What all copies need, in bytes. */
    public long total() {
        return Math.multiplyExact(copies, Math.addExact(weights, compiled));
    }

    /** What people should know where the host has less, with the smallest instance of the same chip that has enough. */
    public Optional<String> warning(Catalog catalog) {
        if (total() <= instance.hostMemoryBytes()) {
            return Optional.empty();
        }
        String remedy = enough(catalog)
                .map(larger -> "the smallest that has it is --instance " + larger.name() + " with "
                        + gibibytes(larger.hostMemoryBytes()))
                .orElse("no instance of the chip has it; load the copies one after the other");
        return Optional.of(String.format(
                Locale.ROOT,
                "loading %s (the file's weights and the compiled ones) needs about %s of host memory, and %s has %s;"
                        + " %s",
                Counted.of(copies, "copy", "copies"),
                gibibytes(total()),
                instance.name(),
                gibibytes(instance.hostMemoryBytes()),
                remedy));
    }

    private Optional<Instance> enough(Catalog catalog) {
        return catalog.instances().stream()
                .filter(other -> other.chip().name().equals(instance.chip().name()))
                .filter(other -> other.coreCount() >= copies && other.hostMemoryBytes() >= total())
                .min(Comparator.comparingLong(Instance::hostMemoryBytes).thenComparingInt(Instance::coreCount));
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30);
    }
}
