package dev.infermark.kernel.reference;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.Element;
import dev.infermark.kernel.Window;
import dev.infermark.kernel.provider.ConvolutionSupport;
import java.lang.reflect.Array;

/**
 * out(n,y,x,o) = Σ in(n, y·stride + i·dilation - before, x·stride + j·dilation - before, c)·filter(o,c,i,j), on one
 * thread.
 */
final class ReferenceConvolution implements ConvolutionSupport {
    @Override
    public <T, R> Kernel<T, R> prepare(Convolution2d convolution, Element<T, R> element, T filters) {
        return new Loops<>(convolution, element, filters);
    }

    private static final class Loops<T, R> implements Kernel<T, R> {
        private final Convolution2d convolution;
        private final Element<T, R> element;
        private final T filters;

        private Loops(Convolution2d convolution, Element<T, R> element, T filters) {
            this.convolution = convolution;
            this.element = element;
            this.filters = copy(filters, convolution.filters() * convolution.depth());
        }

        @SuppressWarnings("unchecked") // a copy has the type of what it copies
        private static <T> T copy(T filters, int length) {
            Object copy = Array.newInstance(filters.getClass().getComponentType(), length);
            System.arraycopy(filters, 0, copy, 0, length);
            return (T) copy;
        }

        @Override
        public void run(T input, R output, int threads) {
            for (int filter = 0; filter < convolution.filters(); filter++) {
                convolve(input, filter, output);
            }
        }

        private void convolve(T input, int filter, R output) {
            for (int n = 0; n < convolution.output().batch(); n++) {
                for (int y = 0; y < convolution.output().height(); y++) {
                    for (int x = 0; x < convolution.output().width(); x++) {
                        int to = convolution.output().index(n, y, x, filter);
                        switch (output) {
                            case float[] sums -> sums[to] = sum(input, n, y, x, filter);
                            case int[] sums -> sums[to] = integerSum(input, n, y, x, filter);
                            default -> throw new IllegalArgumentException("output must be float[] or int[]");
                        }
                    }
                }
            }
        }

        private float sum(T input, int n, int y, int x, int filter) {
            float sum = 0;
            for (int i = 0; i < convolution.vertical().size(); i++) {
                for (int j = 0; j < convolution.horizontal().size(); j++) {
                    for (int c = 0; c < convolution.groupChannels(); c++) {
                        sum += pixel(input, n, y, x, i, j, channel(filter, c)) * weight(filter, c, i, j);
                    }
                }
            }
            return sum;
        }

        private int integerSum(T input, int n, int y, int x, int filter) {
            int sum = 0;
            for (int i = 0; i < convolution.vertical().size(); i++) {
                for (int j = 0; j < convolution.horizontal().size(); j++) {
                    for (int c = 0; c < convolution.groupChannels(); c++) {
                        float pixel = pixel(input, n, y, x, i, j, channel(filter, c));
                        sum += ((int) pixel) * ((int) weight(filter, c, i, j));
                    }
                }
            }
            return sum;
        }

        private float weight(int filter, int c, int i, int j) {
            return element.value(filters, convolution.filterIndex(filter, c, i, j));
        }

        private int channel(int filter, int c) {
            return filter / convolution.groupFilters() * convolution.groupChannels() + c;
        }

        /** What the window at (y, x) sees in its row i and column j: the input, with zeros around it. */
        private float pixel(T input, int n, int y, int x, int i, int j, int channel) {
            int row = position(convolution.vertical(), y, i);
            int column = position(convolution.horizontal(), x, j);
            boolean inside = row >= 0
                    && row < convolution.input().height()
                    && column >= 0
                    && column < convolution.input().width();
            return inside ? element.value(input, convolution.input().index(n, row, column, channel)) : 0;
        }

        private static int position(Window window, int place, int i) {
            return place * window.stride() + i * window.dilation() - window.before();
        }
    }
}
