package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;

/** A function of the same lane of two vectors. */
interface PairFunction {
    /** The function of each pair of lanes. */
    FloatVector of(FloatVector a, FloatVector b);
}
