package dev.infermark.hardware;

import dev.infermark.base.UserError;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Engines that cannot reach the same memory at the same time; their accesses are serialised.
 *
 * @param memory the memory they share
 * @param engines the engines that exclude each other there
 * @param kind how far it can be trusted
 * @param source where it is documented, or how it was derived
 */
public record AccessExclusion(Memory memory, Set<Engine> engines, FigureKind kind, String source) {

    /** The software-managed memories. */
    public enum Memory {
        /** The main memory of a core. */
        SBUF,
        /** Where matmul results accumulate. */
        PSUM
    }

    /** The compute engines. */
    public enum Engine {
        /** Matrix multiplication. */
        TENSOR,
        /** Operations on two tensors, reductions. */
        VECTOR,
        /** Functions of each element. */
        SCALAR,
        /** Custom operators. */
        GPSIMD
    }

    /** Refuses fewer than two engines and an empty source. */
    public AccessExclusion {
        if (engines.size() < 2) {
            throw new UserError("'engines' must name at least two, got " + engines);
        }
        if (source.isBlank()) {
            throw new UserError("'source' is empty; say where the restriction is documented");
        }
        engines = Collections.unmodifiableSet(EnumSet.copyOf(engines));
    }
}
