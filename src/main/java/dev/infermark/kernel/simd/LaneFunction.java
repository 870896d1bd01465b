package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/** A function of each lane: a quick form for the plain values that nearly all are, and one for every value. */
interface LaneFunction {
    /** Whether {@link #plain} holds for every lane. */
    default boolean isPlain(FloatVector v) {
        return true;
    }

    /** The function of plain values. */
    FloatVector plain(FloatVector v);

    /** The function of any value. */
    default FloatVector any(FloatVector v) {
        return plain(v);
    }
}
