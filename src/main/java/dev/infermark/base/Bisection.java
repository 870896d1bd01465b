package dev.infermark.base;

import java.util.function.LongPredicate;

/** Search by halving. */
public final class Bisection {
    private Bisection() {}

    /**
     * The first number from {@code from} to before {@code to} that meets a condition which all after it meet too;
     * {@code to} where none does.
     */
    public static long first(long from, long to, LongPredicate condition) {
        long low = from;
        long high = Math.max(from, to);
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (condition.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
