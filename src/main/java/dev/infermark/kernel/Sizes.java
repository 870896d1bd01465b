package dev.infermark.kernel;

import java.util.Arrays;

/** Products of dimensions. */
final class Sizes {
    private Sizes() {}

    /** The number of elements, which an array must be able to hold. */
    static int product(String what, long... dimensions) {
        try {
            return Math.toIntExact(Arrays.stream(dimensions).reduce(1, Math::multiplyExact));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(what + " are more than the 2147483647 elements of an array", e);
        }
    }
}
