package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.Element;
import dev.infermark.kernel.ImageShape;

/**
 * How a convolution is divided into matmuls of tiles.
 *
 * @param convolution what is computed
 * @param output shape of the result
 * @param use which channels the filters of a panel see
 * @param tile the innermost matmul
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
    /** FP32 holds every integer up to here. */
    private static final int EXACT = 1 << Float.PRECISION;

    /** The tiling for filters that lie as {@link Convolution2d} has it. */
    static Tiling of(Convolution2d convolution, Element<?, ?> element, float[] filters) {
        ChannelUse use = ChannelUse.of(convolution);
        WindowTile tile = use.tile();
        Band band = Band.of(convolution, use.pixel(convolution));
        return new Tiling(
                convolution,
                convolution.output(),
                use,
                tile,
                band,
                new Windows(convolution, use, band, Math.min(DEPTH, exactTerms(element))),
                new PackedFilters(convolution, tile.columns(), use.companions(convolution), filters));
    }

    /** Products whose sum FP32 holds exactly, if they are of integers; without limit for those that round anyway. */
    private static int exactTerms(Element<?, ?> element) {
        return switch (element) {
            case Element.Fp32 _, Element.Tf32 _, Element.Bf16 _, Element.Fp16 _, Element.Cfp8 _ -> Integer.MAX_VALUE;
            case Element.Int8 _ -> EXACT / (128 * 128);
            case Element.Uint8 _ -> EXACT / (255 * 255);
        };
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
