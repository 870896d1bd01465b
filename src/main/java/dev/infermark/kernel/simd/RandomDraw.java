package dev.infermark.kernel.simd;

import dev.infermark.numerics.RandomBits;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Random numbers drawn some at a time, for ways of rounding so long that the JIT compiler would not inline all of their
 * vectors' operations together with those of {@link RandomLanes#at}.
 */
final class RandomDraw {
    /** How many numbers are drawn at once, few enough to stay in the first-level cache. */
    static final int MOST = 512;

    private static final RandomDraw DRAW = new RandomDraw();

    /** Not a constant, and therefore not inlined: see {@link LoopCopies}. */
    private final MethodHandle fill = LoopCopies.method(
            MethodHandles.lookup(),
            "fill",
            MethodType.methodType(void.class, RandomBits.class, int.class, int[].class, int.class));

    private final ThreadLocal<int[]> drawn = ThreadLocal.withInitial(() -> new int[MOST]);

    private RandomDraw() {}

    /**
     * The numbers of consecutive indices, valid until the calling thread draws others.
     *
     * @param count a multiple of {@link Lanes#LENGTH}, at most {@link #MOST}
     */
    static int[] numbers(RandomBits key, int index, int count) {
        int[] numbers = DRAW.drawn.get();
        try {
            DRAW.fill.invokeExact(key, index, numbers, count);
        } catch (Throwable thrown) {
            throw LoopCopies.unexpected(thrown);
        }
        return numbers;
    }

    /** Stores the numbers in {@code to}. */
    static void fill(RandomBits key, int index, int[] to, int count) {
        for (int i = 0; i < count; i += Lanes.LENGTH) {
            RandomLanes.at(key, index + i).intoArray(to, i);
        }
    }
}
