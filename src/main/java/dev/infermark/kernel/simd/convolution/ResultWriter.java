package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.ImageLayout;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.simd.Sink;
import dev.infermark.kernel.simd.Transposer;
import dev.infermark.kernel.simd.Update;
import java.util.Optional;

/**
 * Brings the sums of a panel, pixel by pixel, to the output's layout.
 *
 * @param <R> the array of results
 */
final class ResultWriter<R> {
    private final ImageShape output;
    private final int columns;
    private final float[] planes;
    /** The output of the last call: rows of pixels or of channels, whichever follow each other. */
    private Optional<Matrix<R>> rows = Optional.empty();

    ResultWriter(ImageShape output, int columns, int pixels) {
        this.output = output;
        this.columns = columns;
        this.planes = new float[output.layout() == ImageLayout.NCHW ? columns * pixels : 0];
    }

    /** Stores sums of some filters for pixels of an image from a row on, or adds them to what is there. */
    void write(float[] sums, Update update, R to, int image, int row, int pixels, int filter, int filters) {
        int at = output.index(image, row, 0, filter);
        Matrix<R> results = rows(to);
        switch (output.layout()) {
            case NHWC -> Sink.put(sums, columns, pixels, filters, update, results, at);
            case NCHW -> {
                Transposer.transpose(sums, 0, columns, pixels, filters, planes, 0, pixels);
                Sink.put(planes, pixels, filters, pixels, update, results, at);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    private Matrix<R> rows(R to) {
        if (rows.isEmpty() || rows.get().data() != to) {
            rows = Optional.of(
                    switch (output.layout()) {
                        case NHWC -> Matrix.of(to, output.batch() * output.pixels(), output.channels());
                        case NCHW -> Matrix.of(to, output.batch() * output.channels(), output.pixels());
                    });
        }
        return rows.get();
    }
}
