package dev.infermark.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops of every {@link PairLoop}, copied per function by {@link LoopCopies}. */
final class PairLoopTemplate {
    private static final PairFunction FUNCTION = LoopCopies.function(MethodHandles.lookup(), PairFunction.class);

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private PairLoopTemplate() {}

    /** y = function(a, b). */
    static void combine(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int length) {
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FUNCTION.of(FloatVector.fromArray(SPECIES, a, aOffset + i), FloatVector.fromArray(SPECIES, b, bOffset + i))
                    .intoArray(y, yOffset + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            FUNCTION.of(
                            FloatVector.fromArray(SPECIES, a, aOffset + i, rest),
                            FloatVector.fromArray(SPECIES, b, bOffset + i, rest))
                    .intoArray(y, yOffset + i, rest);
        }
    }

    /** In four vectors, since one alone would wait for each operation. */
    static float fold(float start, float[] x, int offset, int length) {
        FloatVector fold0 = FloatVector.broadcast(SPECIES, start);
        FloatVector fold1 = fold0;
        FloatVector fold2 = fold0;
        FloatVector fold3 = fold0;
        int i = 0;
        for (; i <= length - 4 * LANES; i += 4 * LANES) {
            fold0 = FUNCTION.of(fold0, FloatVector.fromArray(SPECIES, x, offset + i));
            fold1 = FUNCTION.of(fold1, FloatVector.fromArray(SPECIES, x, offset + i + LANES));
            fold2 = FUNCTION.of(fold2, FloatVector.fromArray(SPECIES, x, offset + i + 2 * LANES));
            fold3 = FUNCTION.of(fold3, FloatVector.fromArray(SPECIES, x, offset + i + 3 * LANES));
        }
        for (; i <= length - LANES; i += LANES) {
            fold0 = FUNCTION.of(fold0, FloatVector.fromArray(SPECIES, x, offset + i));
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            FloatVector last = FloatVector.broadcast(SPECIES, start)
                    .blend(FloatVector.fromArray(SPECIES, x, offset + i, rest), rest);
            fold1 = FUNCTION.of(fold1, last);
        }
        return across(FUNCTION.of(FUNCTION.of(fold0, fold1), FUNCTION.of(fold2, fold3)));
    }

    /** Halves folded onto each other until one lane is left. */
    private static float across(FloatVector lanes) {
        FloatVector folded = lanes;
        for (int half = LANES / 2; half > 0; half /= 2) {
            folded = FUNCTION.of(folded, folded.slice(half, folded));
        }
        return folded.lane(0);
    }
}
