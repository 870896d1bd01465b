package dev.infermark.kernel;

/**
 * Several matmuls of one shape in one call: the operands given are the first ones.
 *
 * @param count of matmuls, at least 1
 * @param aStride distance from the first element of one A to that of the next; 0 where all share one
 * @param bStride as for A
 * @param cStride as for A, but no C may reach into the next
 */
public record Batch(int count, int aStride, int bStride, int cStride) {
    /** One matmul. */
    public static final Batch SINGLE = new Batch(1, 0, 0, 0);

    /** Refuses counts and strides that are too small. */
    public Batch {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, not " + count);
        }
        if (aStride < 0 || bStride < 0 || cStride < 0) {
            throw new IllegalArgumentException(
                    "strides must not be negative: a " + aStride + ", b " + bStride + ", c " + cStride);
        }
    }
}
