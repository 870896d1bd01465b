package dev.infermark.regress.statistics;

import java.util.SplittableRandom;

/** Random orders of values. */
public final class Orders {
    private Orders() {}

    /** Puts values into a random order. */
    public static void shuffle(double[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            // Lemire's multiply-shift: its bias is below 2^-22 here, and it needs no division.
            int j = (int) (((random.nextLong() >>> 32) * (i + 1)) >>> 32);
            double held = values[i];
            values[i] = values[j];
            values[j] = held;
        }
    }
}
