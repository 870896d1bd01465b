package dev.infermark.kernel.provider;

/** The instructions of a GPSIMD processor; arguments come checked, and all implementations agree to the bit. */
public interface GpsimdSupport {
    /** y(i, j) = x(i, j) for j ≤ i + diagonal, else the replacement; both row-major from {@code at}. */
    void affineSelect(
            float[] x, float[] y, int at, int rows, int columns, int diagonal, float replacement);

    /** y(i) = first + step·(index + i), where the number in brackets, the product and the sum are rounded. */
    void iota(float[] y, int at, int length, int index, float first, float step);

    /** y = 0 where x &lt; 0, else x. */
    void relu(float[] x, int at, float[] y, int toAt, int length);

    /** The first position whose element is above the threshold or NaN, which is not above NaN; else the end. */
    int firstAbove(float[] x, int at, int length, float threshold);

    /**
     * Whether w·h / (a + b - w·h) is above the threshold for one of the boxes, where w and h are the sides of the
     * intersection, 0 where there is none, and a and b the areas.
     *
     * @param boxes left, top, right and bottom edges, {@code capacity} of each
     */
    boolean overlapsAny(
            float[] boxes,
            int capacity,
            int count,
            float left,
            float top,
            float right,
            float bottom,
            float threshold);

    // The JIT compiler turns these loops over integers into vector instructions by itself.

    /** y(i) = first + step·(index + i), wrapping around. */
    default void iota(int[] y, int at, int length, int index, int first, int step) {
        for (int i = 0; i < length; i++) {
            y[at + i] = first + step * (index + i);
        }
    }

    /** y(i) = first + step·(index + i), wrapping around. */
    default void iota(short[] y, int at, int length, int index, int first, int step) {
        for (int i = 0; i < length; i++) {
            y[at + i] = (short) (first + step * (index + i));
        }
    }

    /** y(i) = first + step·(index + i), wrapping around. */
    default void iota(byte[] y, int at, int length, int index, int first, int step) {
        for (int i = 0; i < length; i++) {
            y[at + i] = (byte) (first + step * (index + i));
        }
    }

    /** y = max(x, 0). */
    default void relu(int[] x, int at, int[] y, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            y[toAt + i] = Math.max(x[at + i], 0);
        }
    }

    /** y = max(x, 0). */
    default void relu(short[] x, int at, short[] y, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            y[toAt + i] = (short) Math.max(x[at + i], 0);
        }
    }

    /** y = max(x, 0). */
    default void relu(byte[] x, int at, byte[] y, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            y[toAt + i] = (byte) Math.max(x[at + i], 0);
        }
    }
}
