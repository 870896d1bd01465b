package dev.infermark.deploy;

import dev.infermark.base.UserError;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;

/**
 * How a network is served; how many sequences or images a call carries is the network's.
 *
 * @param instance where
 * @param parallelism how the cores share the work
 * @param workersPerCopy clients that keep each copy of the network busy, each with one call in flight
 * @param sdk release of the Neuron SDK that compiled the network and runs it
 */
public record Deployment(Instance instance, Parallelism parallelism, int workersPerCopy, SdkVersion sdk) {

    /** Refuses less than one worker and more cores than the instance has. */
    public Deployment {
        if (workersPerCopy < 1) {
            throw new UserError("workers must be at least 1, got " + workersPerCopy);
        }
        if (parallelism.cores() > instance.coreCount()) {
            throw new UserError(parallelism.cores() + " cores asked for, " + instance.name() + " has "
                    + instance.coreCount() + "; ask for fewer or choose a larger instance");
        }
    }

    /** One client and one core: what a lone caller sees. */
    public static Deployment singleStream(Instance instance, SdkVersion sdk) {
        return new Deployment(instance, new Parallelism.Replicated(1), 1, sdk);
    }

    /**
     * This deployment with norms and residuals shared in this way.
     *
     * @throws UserError where no cores share a copy that could share them
     */
    public Deployment with(Parallelism.Norms norms) {
        return switch (parallelism) {
            case Parallelism.TensorParallel(int degree, int copies, _) -> new Deployment(
                    instance, new Parallelism.TensorParallel(degree, copies, norms), workersPerCopy, sdk);
            case Parallelism.Replicated _, Parallelism.LayerPipeline _ -> {
                if (norms != Parallelism.Norms.WHOLE) {
                    throw new UserError("--sequence-parallel divides norms among the cores that share a copy; add"
                            + " --tensor-parallel with 2 or more");
                }
                yield this;
            }
        };
    }

    /** Whether norms and residuals are divided by tokens. */
    public boolean hasNormsByTokens() {
        return parallelism instanceof Parallelism.TensorParallel split
                && split.norms() == Parallelism.Norms.SEQUENCE_PARALLEL;
    }

    /** Cores that work. */
    public int cores() {
        return parallelism.cores();
    }

    /** Copies of the network. */
    public int copies() {
        return parallelism.copies();
    }

    /** Cores that hold one copy together. */
    public int coresPerCopy() {
        return parallelism.coresPerCopy();
    }

    /** Cores that hold a part of each operator's weights: all of a tensor-parallel copy, else one. */
    public int partsPerCopy() {
        return switch (parallelism) {
            case Parallelism.TensorParallel split -> split.degree();
            case Parallelism.Replicated _, Parallelism.LayerPipeline _ -> 1;
        };
    }

    /** Whether the layers of a copy are divided among cores. */
    public boolean isPipeline() {
        return parallelism instanceof Parallelism.LayerPipeline;
    }

    /** Calls in flight at any time. */
    public int inFlight() {
        return copies() * workersPerCopy;
    }

    /** Cores that are busy on the fullest chip; chips are filled one after the other. */
    public int busyCoresPerChip() {
        return Math.min(cores(), instance.chip().coreCount());
    }
}
