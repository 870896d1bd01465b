package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Element;
import dev.infermark.kernel.simd.Update;
import java.util.Arrays;

/**
 * Convolves units of work in buffers of its own: one thread uses it at a time.
 *
 * @param <T> the array of inputs
 * @param <R> the array of results
 */
final class ConvolutionWorker<T, R> {
    private static final int NONE = -1;

    private final Tiling tiling;
    private final boolean sumsPerBlock;
    private final BandLoader<T> loader;
    private final ResultWriter<R> writer;
    private final float[] buffer;
    private final float[] sums;
    /** The band, counted over all images, that the buffer holds. */
    private int loaded = NONE;

    ConvolutionWorker(Tiling tiling, Element<T, R> element) {
        this.tiling = tiling;
        int columns = tiling.tile().columns();
        sumsPerBlock = element.equals(Element.INT8) || element.equals(Element.UINT8);
        loader = new BandLoader<>(tiling, element);
        writer = new ResultWriter<>(tiling.output(), columns, tiling.windows().pixels());
        // The last pixel's vectors may reach beyond its channels.
        buffer = new float[tiling.band().elements() + columns];
        sums = new float[tiling.windows().pixels() * columns];
    }

    /** Forgets the input of the last call. */
    void reset() {
        loaded = NONE;
    }

    /** Computes the results of one panel on one band. */
    void convolve(T input, R output, int unit) {
        int panels = tiling.filters().panels();
        int bands = tiling.bands();
        int panel = unit % panels;
        int image = unit / panels / bands;
        int row = unit / panels % bands * tiling.band().rows();
        if (loaded != unit / panels) {
            loader.load(input, image, row, buffer);
            loaded = unit / panels;
        }
        int rows = Math.min(tiling.band().rows(), tiling.output().height() - row);
        int pixels = rows * tiling.output().width();
        int at = tiling.filters().start(panel);
        int blocks = tiling.windows().blocks();
        for (int block = 0; block < blocks; block++) {
            if (block == 0 || sumsPerBlock) {
                Arrays.fill(sums, 0);
            }
            multiply(pixels, block, panel, at);
            if (block == blocks - 1 || sumsPerBlock) {
                writer.write(
                        sums,
                        sumsPerBlock && block > 0 ? Update.ADD : Update.STORE,
                        output,
                        image,
                        row,
                        pixels,
                        tiling.filters().first(panel),
                        tiling.filters().count(panel));
            }
            at += tiling.windows().depth(block) * tiling.tile().columns();
        }
    }

    /** Adds a block's products for all pixels. */
    private void multiply(int pixels, int block, int panel, int panelOffset) {
        WindowTile tile = tiling.tile();
        float[] panels = tiling.filters().values();
        int offset = tiling.place(panel);
        int i = 0;
        // One or two pixels that are left cost less one by one than as a tile.
        for (; i < pixels - 2; i += WindowTile.PIXELS) {
            tile.multiply(buffer, tiling.windows(), i, offset, block, panels, panelOffset, sums);
        }
        for (; i < pixels; i++) {
            tile.multiplyOne(buffer, tiling.windows(), i, offset, block, panels, panelOffset, sums);
        }
    }
}
