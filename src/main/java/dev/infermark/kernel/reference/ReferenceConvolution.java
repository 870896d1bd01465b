package dev.infermark.kernel.reference;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.OperandType;
import dev.infermark.kernel.Window;
import dev.infermark.kernel.provider.ConvolutionSupport;

/**
 * out(n,y,x,o) = Σ in(n, y·stride + i·dilation - before, x·stride + j·dilation - before, c)·filter(o,c,i,j), on one
 * thread.
 */
final class ReferenceConvolution implements ConvolutionSupport {
    @Override
    public <T, R> Kernel<T, R> prepare(Convolution2d convolution, OperandType<T, R> type, T filters) {
        return new Loops<>(convolution, type, filters);
    }

    private static final class Loops<T, R> implements Kernel<T, R> {
        private final Convolution2d convolution;
        private final OperandType<T, R> type;
        private final float[] filters;
        private final float[] image;

        private Loops(Convolution2d convolution, OperandType<T, R> type, T filters) {
            this.convolution = convolution;
            this.type = type;
            this.filters = new float[convolution.filters() * convolution.depth()];
            this.image = new float[convolution.input().elements()];
            type.widening().widen(filters, 0, this.filters, 0, this.filters.length);
        }

        @Override
        public void run(T input, R output, int threads) {
            type.widening().widen(input, 0, image, 0, image.length);
            for (int filter = 0; filter < convolution.filters(); filter++) {
                convolve(filter, output);
            }
        }

        private void convolve(int filter, R output) {
            for (int n = 0; n < convolution.output().batch(); n++) {
                for (int y = 0; y < convolution.output().height(); y++) {
                    for (int x = 0; x < convolution.output().width(); x++) {
                        sumUp(n, y, x, filter, output);
                    }
                }
            }
        }

        private void sumUp(int n, int y, int x, int filter, R output) {
            Window vertical = convolution.vertical();
            Window horizontal = convolution.horizontal();
            int firstChannel = filter / convolution.groupFilters() * convolution.groupChannels();
            int sum = convolution.output().index(n, y, x, filter);
            type.sums().clear(output, sum);
            for (int i = 0; i < vertical.size(); i++) {
                int row = y * vertical.stride() + i * vertical.dilation() - vertical.before();
                for (int j = 0; j < horizontal.size(); j++) {
                    int column = x * horizontal.stride() + j * horizontal.dilation() - horizontal.before();
                    for (int c = 0; c < convolution.groupChannels(); c++) {
                        type.sums().addProduct(
                                pixel(n, row, column, firstChannel + c),
                                filters[convolution.filterIndex(filter, c, i, j)],
                                output,
                                sum);
                    }
                }
            }
        }

        /** The input, with zeros around it. */
        private float pixel(int n, int row, int column, int channel) {
            boolean inside = row >= 0
                    && row < convolution.input().height()
                    && column >= 0
                    && column < convolution.input().width();
            return inside ? image[convolution.input().index(n, row, column, channel)] : 0;
        }
    }
}
