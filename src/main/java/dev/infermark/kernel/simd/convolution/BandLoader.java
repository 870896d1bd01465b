package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.Element;
import dev.infermark.kernel.ImageLayout;
import dev.infermark.kernel.simd.Fp32Widening;
import dev.infermark.kernel.simd.Transposer;
import dev.infermark.kernel.simd.Widening;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Widens the part of an image that a band sees into a buffer: pixel by pixel with all channels, and zeros where there
 * is padding.
 *
 * @param <T> the array of inputs
 */
final class BandLoader<T> {
    private final Convolution2d convolution;
    private final Widening<T> widening;
    private final Band band;
    /** The channel at each place of a padded pixel. */
    private final int[] channels;

    private final boolean inOrder;
    /** Where the image starts in a padded row, and how many of its pixels are in it. */
    private final int left;

    private final int width;
    /** One channel after the other, each with the rows of the band. */
    private final float[] planes;
    /** Rows with their channels in order: all of the band where it lies in planes, otherwise one. */
    private final float[] pixels;

    BandLoader(Tiling tiling, Element<T, ?> element) {
        convolution = tiling.convolution();
        widening = Widening.of(element);
        band = tiling.band();
        channels = IntStream.range(0, band.pixel())
                .map(place -> tiling.use().channel(convolution, place))
                .toArray();
        int count = convolution.input().channels();
        inOrder = Arrays.equals(channels, IntStream.range(0, count).toArray());
        left = Math.min(convolution.horizontal().before(), band.width());
        width = Math.min(convolution.input().width(), band.width() - left);
        int rows = Math.min(band.inputRows(), convolution.input().height());
        planes = new float[
                convolution.input().layout() == ImageLayout.NCHW ? rows * convolution.input().width() * count : 0];
        pixels = new float[Math.max(planes.length, inOrder ? 0 : width * count)];
    }

    /** Fills the buffer with the part of an image that the band sees from this row of the output on. */
    void load(T input, int image, int outputRow, float[] buffer) {
        int height = convolution.input().height();
        int top = outputRow * convolution.vertical().stride() - convolution.vertical().before();
        int bottom = top + band.inputRows();
        // A band may see padding alone.
        int first = Math.clamp(0, top, bottom);
        int last = Math.clamp(height, first, bottom);
        Arrays.fill(buffer, 0, (first - top) * band.row(), 0);
        if (convolution.input().layout() == ImageLayout.NCHW) {
            readPlanes(input, image, first, last - first);
        }
        for (int y = first; y < last; y++) {
            int at = (y - top) * band.row();
            Arrays.fill(buffer, at, at + left * band.pixel(), 0);
            row(input, image, y, y - first, buffer, at + left * band.pixel());
            Arrays.fill(buffer, at + (left + width) * band.pixel(), at + band.row(), 0);
        }
        Arrays.fill(buffer, (last - top) * band.row(), band.inputRows() * band.row(), 0);
    }

    /** Puts the channels of all pixels of some rows in order. */
    private void readPlanes(T input, int image, int first, int rows) {
        int count = convolution.input().channels();
        int length = rows * convolution.input().width();
        int at = convolution.input().index(image, first, 0, 0);
        int stride = convolution.input().pixels();
        if (widening instanceof Fp32Widening && input instanceof float[] floats) {
            Transposer.transpose(floats, at, stride, count, length, pixels, 0, count);
        } else {
            widening.widen(input, at, stride, count, length, planes, 0, length);
            Transposer.transpose(planes, 0, length, count, length, pixels, 0, count);
        }
    }

    private void row(T input, int image, int y, int planeRow, float[] buffer, int to) {
        int count = convolution.input().channels();
        switch (convolution.input().layout()) {
            case NCHW -> place(planeRow * convolution.input().width() * count, buffer, to);
            case NHWC -> {
                int at = convolution.input().index(image, y, 0, 0);
                if (inOrder) {
                    widening.widen(input, at, 0, 1, width * count, buffer, to, 0);
                } else {
                    widening.widen(input, at, 0, 1, width * count, pixels, 0, 0);
                    place(0, buffer, to);
                }
            }
        }
    }

    /** Copies each channel of a row of pixels to all its places. */
    private void place(int from, float[] buffer, int to) {
        int count = convolution.input().channels();
        if (inOrder) {
            System.arraycopy(pixels, from, buffer, to, width * count);
            return;
        }
        for (int x = 0; x < width; x++) {
            for (int place = 0; place < channels.length; place++) {
                buffer[to + x * channels.length + place] = pixels[from + x * count + channels[place]];
            }
        }
    }
}
