package dev.infermark.kernel.simd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/** One function of pairs over runs of elements. */
final class PairLoop {
    private static final MethodType COMBINE = MethodType.methodType(
            void.class, float[].class, int.class, float[].class, int.class, float[].class, int.class, int.class);
    private static final MethodType FOLD =
            MethodType.methodType(float.class, float.class, float[].class, int.class, int.class);

    private final MethodHandle combine;
    private final MethodHandle fold;

    PairLoop(PairFunction function) {
        Lookup copy = LoopCopies.of(PairLoopTemplate.class, function);
        combine = LoopCopies.method(copy, "combine", COMBINE);
        fold = LoopCopies.method(copy, "fold", FOLD);
    }

    /** y = function(a, b). */
    void combine(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int length) {
        try {
            combine.invokeExact(a, aOffset, b, bOffset, y, yOffset, length);
        } catch (Throwable thrown) {
            throw LoopCopies.unexpected(thrown);
        }
    }

    /** All elements combined with each other and with a start that changes nothing. */
    float fold(float start, float[] x, int offset, int length) {
        try {
            return (float) fold.invokeExact(start, x, offset, length);
        } catch (Throwable thrown) {
            throw LoopCopies.unexpected(thrown);
        }
    }
}
