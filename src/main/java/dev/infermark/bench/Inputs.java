package dev.infermark.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What the benchmarks compute on: the same in every fork. */
public final class Inputs {
    private static final long SEED = 20_231_107;

    private Inputs() {}

    /** What stands in for an operation until it is set up. */
    static Supplier<Object> missing() {
        return () -> {
            throw new IllegalStateException("not set up");
        };
    }

    /** The numbers of a shape parameter such as {@code 128x1024x4096}. */
    public static int[] sizes(String shape) {
        return Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    }

    /** Values between -1 and 1. */
    static float[] floats(int length) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** Values between 0 and 1, without 0. */
    static float[] positiveFloats(int length) {
        float[] values = floats(length);
        for (int i = 0; i < length; i++) {
            values[i] = Math.max(Math.abs(values[i]), Float.MIN_NORMAL);
        }
        return values;
    }

    /** All values of INT8. */
    static byte[] bytes(int length) {
        byte[] values = new byte[length];
        new SplittableRandom(SEED).nextBytes(values);
        return values;
    }
}
