package dev.infermark.kernel.simd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** One function over a run of elements. */
final class LaneLoop {
    private static final MethodType RUN = MethodType.methodType(
            void.class, float.class, float.class, float[].class, int.class, float[].class, int.class, int.class);

    private final MethodHandle run;

    LaneLoop(LaneFunction function) {
        run = LoopCopies.method(LoopCopies.of(LaneLoopTemplate.class, function), "run", RUN);
    }

    /** y = function(x · scale + bias). */
    void run(float scale, float bias, float[] x, int xOffset, float[] y, int yOffset, int length) {
        try {
            run.invokeExact(scale, bias, x, xOffset, y, yOffset, length);
        } catch (Throwable thrown) {
            throw LoopCopies.unexpected(thrown);
        }
    }
}
