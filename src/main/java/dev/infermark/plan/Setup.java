package dev.infermark.plan;

import dev.infermark.base.Counted;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Instance;

/**
 * The settings of a deployment.
 *
 * @param instance where
 * @param parallelism how its cores share the work
 * @param workers clients of each copy, each with one call in flight
 * @param batch sequences or images of a call
 * @param types element types of matmuls and elementwise, such as {@code bf16/fp32}; of weights for generation
 */
public record Setup(Instance instance, Parallelism parallelism, int workers, long batch, String types) {

    /** Cores that work. */
    public int cores() {
        return parallelism.cores();
    }

    /** Cores that hold one copy together. */
    public int coresPerCopy() {
        return parallelism.coresPerCopy();
    }

    /** Cores that do nothing. */
    public int idleCores() {
        return instance.coreCount() - parallelism.cores();
    }

    /** Calls in flight at any time. */
    public int inFlight() {
        return parallelism.copies() * workers;
    }

    /** Chips that one copy occupies. */
    public int chipsPerCopy() {
        return Math.ceilDiv(parallelism.coresPerCopy(), instance.chip().coreCount());
    }

    /** Whether layers are divided among cores. */
    public boolean isPipeline() {
        return parallelism instanceof Parallelism.LayerPipeline;
    }

    /** How the cores share the work in a word, such as {@code tp 8} or {@code pipeline 4}. */
    public String sharing() {
        return switch (parallelism) {
            case Parallelism.Replicated _ -> "copies";
            case Parallelism.TensorParallel(int degree, _, _) -> "tp " + degree;
            case Parallelism.LayerPipeline(int stages, _) -> "pipeline " + stages;
        };
    }

    private String onChips() {
        return parallelism instanceof Parallelism.TensorParallel
                ? " on " + Counted.of(chipsPerCopy(), "chip")
                : "";
    }

    @Override
    public String toString() {
        return instance.name() + ", " + Counted.of(parallelism.cores(), "core")
                + (parallelism instanceof Parallelism.Replicated ? "" : " (" + sharing() + onChips() + ")")
                + ", batch " + batch
                + (workers == 1 ? "" : ", " + workers + " workers") + ", " + types;
    }
}
