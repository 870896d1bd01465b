package dev.infermark.kernel;

/** The order in which the products of an element of C are summed; integer sums are exact in any. */
public enum Accumulation {
    /** Whichever is fastest on this host; the number of threads does not change it. */
    FAST,
    /**
     * As the Tensor engine accumulates in PSUM: k is cut into tiles of {@value #TILE}. A tile's products are added in
     * order, each by one fused multiply-add, starting from +0; the sum of each tile but the first is then added to
     * that of the tiles before. The results are the same to the bit on every machine, but for the payloads of NaNs.
     */
    PSUM;

    /** Depth of a tile of {@link #PSUM}: the rows of the systolic array. */
    public static final int TILE = 128;
}
