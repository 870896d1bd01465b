package dev.infermark.deploy;

import dev.infermark.base.Bisection;
import dev.infermark.base.UserError;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the smallest changes that let a network fit which is called once for an answer, each tried by compiling it.
 *
 * @param network which
 * @param deployment where it does not fit
 * @param options what else the same options make
 */
public record FitSearch(Network network, Deployment deployment, Options options) {

    /** What the options of a command line make where one of them is changed and the others stay. */
    public interface Options {
        /** The deployment on another instance. */
        Deployment on(Instance instance);

        /** The same where so many cores share each copy. */
        Deployment on(Instance instance, int degree);

        /** The types that a core computes in. */
        Precision precision(NeuronCore core);

        /** The same where all operators are cast. */
        Precision precisionOfAllCast(NeuronCore core);

        /** The network for another batch. */
        Network withBatch(long size);
    }

    /** The changes that suffice alone, as options of the command line; empty when none does. */
    public List<String> changes(Catalog catalog) {
        List<String> found = new ArrayList<>();
        Instance here = deployment.instance();
        if (deployment.parallelism() instanceof Parallelism.Replicated(int copies)) {
            IntStream.range(1, copies)
                    .map(fewer -> copies - fewer)
                    .filter(fewer -> fits(network, () -> copies(fewer)))
                    .limit(1)
                    .forEach(fewer -> found.add("--cores " + fewer));
        }
        Optional<Integer> degree = degree(here);
        degree.ifPresent(cores -> found.add("--tensor-parallel " + cores));
        largestBatch().ifPresent(size -> found.add("--batch " + size));
        Precision narrow = options.precisionOfAllCast(here.chip().core());
        if (!narrow.equals(options.precision(here.chip().core())) && fits(network, deployment, narrow)) {
            found.add("--auto-cast all");
        }
        others(catalog)
                .filter(other -> fits(network, () -> options.on(other)))
                .map(other -> "--instance " + other.name())
                .findFirst()
                .or(() -> degree.isPresent() ? Optional.empty() : divided(catalog))
                .ifPresent(found::add);
        return found;
    }

    private Deployment copies(int number) {
        return new Deployment(
                deployment.instance(),
                new Parallelism.Replicated(number),
                deployment.workersPerCopy(),
                deployment.sdk());
    }

    private Optional<String> divided(Catalog catalog) {
        return others(catalog)
                .flatMap(other -> degree(other)
                        .map(cores -> "--instance " + other.name() + " --tensor-parallel " + cores)
                        .stream())
                .findFirst();
    }

    /** Other instances, small ones first. */
    private Stream<Instance> others(Catalog catalog) {
        return catalog.instances().stream()
                .filter(other -> !other.name().equals(deployment.instance().name()))
                .sorted(Comparator.comparingInt(Instance::coreCount).thenComparingLong(Instance::hostMemoryBytes));
    }

    /** The least further legal degree at which the cores of an instance hold a copy. */
    private Optional<Integer> degree(Instance where) {
        long least = network.facts().dividedWeights();
        return network.degrees(where).stream()
                .filter(cores -> cores > deployment.partsPerCopy())
                .filter(cores -> least / cores <= where.chip().memory().coreBytes())
                .filter(cores -> fits(network, () -> options.on(where, cores)))
                .findFirst();
    }

    /** The largest batch below this one, by halving what lies between one that fits and one that does not. */
    private Optional<Long> largestBatch() {
        long batch = network.facts().batch();
        return batch < 2 || !fitsBatch(1)
                ? Optional.empty()
                : Optional.of(Bisection.first(2, batch, size -> !fitsBatch(size)) - 1);
    }

    private boolean fitsBatch(long size) {
        try {
            Network other = options.withBatch(size);
            return other.facts().batch() == size && fits(other, () -> deployment);
        } catch (UserError e) {
            return false; // A file can have its batch fixed.
        }
    }

    private boolean fits(Network what, Supplier<Deployment> where) {
        try {
            Deployment there = where.get();
            return fits(what, there, options.precision(there.instance().chip().core()));
        } catch (UserError e) {
            return false; // It has not the cores that were asked for.
        }
    }

    private static boolean fits(Network what, Deployment where, Precision precision) {
        try {
            return MemoryUse.of(what, where, precision).fits();
        } catch (UserError e) {
            return false; // Its core lacks a type or an operator, or nothing divides it.
        }
    }
}
