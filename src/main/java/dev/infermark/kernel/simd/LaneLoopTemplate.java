package dev.infermark.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loop of every {@link LaneLoop}, copied per function by {@link LoopCopies}. */
final class LaneLoopTemplate {
    private static final LaneFunction FUNCTION = LoopCopies.function(MethodHandles.lookup(), LaneFunction.class);

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private LaneLoopTemplate() {}

    /** y = function(x · scale + bias). */
    static void run(float scale, float bias, float[] x, int xOffset, float[] y, int yOffset, int length) {
        FloatVector scales = FloatVector.broadcast(SPECIES, scale);
        FloatVector biases = FloatVector.broadcast(SPECIES, bias);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset + i).fma(scales, biases);
            if (FUNCTION.isPlain(v)) {
                FUNCTION.plain(v).intoArray(y, yOffset + i);
            } else {
                any(scale, bias, x, xOffset + i, y, yOffset + i, LANES);
            }
        }
        if (i < length) {
            any(scale, bias, x, xOffset + i, y, yOffset + i, length - i);
        }
    }

    /** One vector or part of one; a method of its own, for the loop to stay small enough that all of it is inlined. */
    private static void any(float scale, float bias, float[] x, int xOffset, float[] y, int yOffset, int length) {
        VectorMask<Float> lanes = SPECIES.indexInRange(0, length);
        FloatVector v = FloatVector.fromArray(SPECIES, x, xOffset, lanes)
                .fma(FloatVector.broadcast(SPECIES, scale), FloatVector.broadcast(SPECIES, bias));
        FUNCTION.any(v).intoArray(y, yOffset, lanes);
    }
}
