package dev.infermark.kernel.simd.convolution;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost matmul: the windows of a few pixels times a panel of filters, with all sums in registers.
 *
 * <p>Windows are read where they lie in the padded image, so nothing is copied per window (implicit GEMM).
 */
interface WindowTile {
    /** Pixels in one tile. */
    int PIXELS = 6;

    /** The tile that fits the host's registers: 32 of 512 bits, or 16 narrower ones. */
    static WindowTile ofHost() {
        return FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512 ? new WideWindowTile() : new NarrowWindowTile();
    }

    /** Filters in a panel. */
    int columns();

    /**
     * Adds one block of products to the sums of {@link #PIXELS} pixels.
     *
     * @param image padded, as {@link Band} describes it
     * @param windows where the windows lie in it
     * @param pixel the first pixel
     * @param offset of the panel's channels within a pixel
     * @param block which of the windows' blocks to multiply
     * @param panel packed filters, {@link #columns} for each element of the window
     * @param panelOffset where the block starts in the panel
     * @param sums {@link #columns} for each pixel of the band
     */
    void multiply(
            float[] image, Windows windows, int pixel, int offset, int block, float[] panel, int panelOffset,
            float[] sums);

    /** The same for one pixel. */
    void multiplyOne(
            float[] image, Windows windows, int pixel, int offset, int block, float[] panel, int panelOffset,
            float[] sums);
}
