package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.Element;
import dev.infermark.kernel.ImageLayout;
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
    /** One channel after the other, each with the rows of the band; nothing where they can be read as they are. */
    private final float[] planes;
    /** A row with its channels in order. */
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
        boolean widens = convolution.input().layout() == ImageLayout.NCHW && !element.equals(Element.FP32);
        planes = new float[widens ? rows * convolution.input().width() * count : 0];
        pixels = new float[inOrder ? 0 : width * count];
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
        if (planes.length > 0) {
            widenPlanes(input, image, first, last - first);
        }
        for (int y = first; y < last; y++) {
            int at = (y - top) * band.row();
            Arrays.fill(buffer, at, at + left * band.pixel(), 0);
            row(input, image, y, y - first, last - first, buffer, at + left * band.pixel());
            Arrays.fill(buffer, at + (left + width) * band.pixel(), at + band.row(), 0);
        }
        Arrays.fill(buffer, (last - top) * band.row(), band.inputRows() * band.row(), 0);
    }

    private void widenPlanes(T input, int image, int first, int rows) {
        int length = rows * convolution.input().width();
        widening.widen(
                input,
                convolution.input().index(image, first, 0, 0),
                convolution.input().pixels(),
                convolution.input().channels(),
                length,
                planes,
                0,
                length);
    }

    private void row(T input, int image, int y, int planeRow, int planeRows, float[] buffer, int at) {
        if (inOrder) {
            pixels(input, image, y, planeRow, planeRows, buffer, at);
        } else {
            pixels(input, image, y, planeRow, planeRows, pixels, 0);
            spread(buffer, at);
        }
    }

    private void pixels(T input, int image, int y, int planeRow, int planeRows, float[] to, int at) {
        int count = convolution.input().channels();
        int rowLength = convolution.input().width();
        switch (convolution.input().layout()) {
            case NHWC -> widening.widen(
                    input, convolution.input().index(image, y, 0, 0), 0, 1, width * count, to, at, 0);
            case NCHW -> {
                if (planes.length == 0 && input instanceof float[] floats) {
                    int from = convolution.input().index(image, y, 0, 0);
                    Transposer.transpose(floats, from, convolution.input().pixels(), count, width, to, at, count);
                } else {
                    int from = planeRow * rowLength;
                    Transposer.transpose(planes, from, planeRows * rowLength, count, width, to, at, count);
                }
            }
        }
    }

    /** Copies each pixel's channels to all their places. */
    private void spread(float[] buffer, int at) {
        int count = convolution.input().channels();
        for (int x = 0; x < width; x++) {
            for (int place = 0; place < channels.length; place++) {
                buffer[at + x * channels.length + place] = pixels[x * count + channels[place]];
            }
        }
    }
}
