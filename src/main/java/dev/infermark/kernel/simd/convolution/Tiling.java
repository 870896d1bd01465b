package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.ImageShape;

/**
 * How a convolution is divided into products of tiles.
 *
 * @param convolution what is computed
 * @param output shape of the result
 * @param use which channels the filters of a panel see
 * @param tile the innermost product
 * @param band the pieces of an image
 * @param windows where windows lie in a band's buffer
 * @param filters what they are multiplied with
 */
record Tiling(
        Convolution2d convolution,
        ImageShape output,
        ChannelUse use,
        WindowTile tile,
        Band band,
        Windows windows,
        PackedFilters filters) {
    /** Elements of a block: so many rows of a panel stay in the second-level cache while all pixels pass by. */
    private static final int DEPTH = 768;

    /** The tiling for filters that lie as {@link Convolution2d} has it; blocks have at most {@code limit} elements. */
    static Tiling of(Convolution2d convolution, int limit, float[] filters) {
        ChannelUse use = ChannelUse.of(convolution);
        WindowTile tile = use.tile();
        Band band = Band.of(convolution, use.pixel(convolution));
        return new Tiling(
                convolution,
                convolution.output(),
                use,
                tile,
                band,
                new Windows(convolution, use, band, Math.min(DEPTH, limit)),
                new PackedFilters(convolution, tile.columns(), use.companions(convolution), filters));
    }

    /** Pieces of work that do not depend on each other: each panel with each band of each image. */
    int units() {
        return output.batch() * bands() * filters.panels();
    }

    /** Bands of an image. */
    int bands() {
        return Math.ceilDiv(output.height(), band.rows());
    }

    /** Where the channels of a panel's filters start in a padded pixel. */
    int place(int panel) {
        return use.place(convolution, filters.first(panel));
    }
}
