package dev.infermark.plan;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Generation;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Changes of one setting at a time, each with its effect; those that cannot be had are left out.
 *
 * @param search what answers and prices
 * @param networks the network of each batch
 * @param checkpoint element type of the weights before any cast
 */
public record EncoderWhatIfs(EncoderSearch search, LongFunction<Network> networks, DataType checkpoint) {
    private static final int FACTOR = 4;

    /** The changes to a deployment; {@code others} are the instances to compare it with. */
    public List<WhatIf> of(Network network, Deployment now, Precision precision, List<Instance> others) {
        Candidate base = search.candidate(network, now, precision);
        List<WhatIf> found = new ArrayList<>();
        for (AutoCast choice : AutoCast.values()) {
            Precision other = Precision.of(checkpoint, choice, DataType.BF16);
            if (!other.equals(precision)) {
                add(found, base, "types " + words(other) + " instead of " + words(precision), network, now, other);
            }
        }
        for (long batch : new long[] {network.batch() * FACTOR, network.batch() / FACTOR}) {
            if (batch >= 1) {
                add(found, base, "batch " + batch, networks.apply(batch), now, precision);
            }
        }
        int all = now.instance().coreCount();
        if (now.cores() < all) {
            add(found, base, "copies on all " + all + " cores", network, replicated(now, all, 1), precision);
        }
        if (now.cores() > 1) {
            add(found, base, "a copy on a single core", network, replicated(now, 1, now.workersPerCopy()), precision);
        }
        if (now.parallelism() instanceof Parallelism.Replicated) {
            int workers = now.workersPerCopy() == 1 ? 2 : 1;
            add(found, base, Counted.of(workers, "worker") + " per core", network,
                    new Deployment(now.instance(), now.parallelism(), workers, now.sdk()), precision);
        }
        if (now.instance().chip().core().generation() == Generation.NEURONCORE_V1 && all > 1) {
            add(found, base, "a pipeline over all " + all + " cores", network,
                    new Deployment(now.instance(), new Parallelism.LayerPipeline(all, 1), all, now.sdk()), precision);
        }
        for (Instance other : others) {
            Deployment there = replicated(
                    new Deployment(other, new Parallelism.Replicated(1), now.workersPerCopy(), SdkVersion.NEWEST),
                    other.coreCount(), now.workersPerCopy());
            add(found, base, other.name() + ", all its " + Counted.of(other.coreCount(), "core"),
                    network, there, Precision.compilerDefault(checkpoint, other.chip().core()));
        }
        return found;
    }

    private void add(
            List<WhatIf> found, Candidate base, String change, Network network, Deployment then, Precision precision) {
        try {
            found.add(WhatIf.of(change, base, search.candidate(network, then, precision)));
        } catch (UserError e) {
            // Not to be had: a batch that does not fit, a pipeline that is too long.
        }
    }

    private static Deployment replicated(Deployment like, int cores, int workers) {
        return new Deployment(like.instance(), new Parallelism.Replicated(cores), workers, like.sdk());
    }

    private static String words(Precision precision) {
        return precision.matmul().label() + "/" + precision.elementwise().label();
    }
}
