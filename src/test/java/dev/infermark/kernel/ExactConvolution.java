package dev.infermark.kernel;

import java.util.function.IntToDoubleFunction;

/** Sums in double, by scattering each input element to the outputs that see it: another way than the kernels'. */
record ExactConvolution(Convolution2d convolution, IntToDoubleFunction input, IntToDoubleFunction filters) {
    /** Takes one element's sum, and that of its products' magnitudes. */
    interface Consumer {
        void accept(int index, double sum, double magnitudes);
    }

    /** Visits every element of the output. */
    void forEach(Consumer consumer) {
        double[] sums = new double[convolution.output().elements()];
        double[] magnitudes = new double[sums.length];
        ImageShape in = convolution.input();
        for (int n = 0; n < in.batch(); n++) {
            for (int y = 0; y < in.height(); y++) {
                for (int x = 0; x < in.width(); x++) {
                    for (int c = 0; c < in.channels(); c++) {
                        scatter(n, y, x, c, sums, magnitudes);
                    }
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            consumer.accept(i, sums[i], magnitudes[i]);
        }
    }

    private void scatter(int n, int y, int x, int c, double[] sums, double[] magnitudes) {
        double value = input.applyAsDouble(convolution.input().index(n, y, x, c));
        int group = c / convolution.groupChannels();
        for (int i = 0; i < convolution.vertical().size(); i++) {
            int row = place(convolution.vertical(), y, i, convolution.output().height());
            for (int j = 0; j < convolution.horizontal().size(); j++) {
                int column = place(convolution.horizontal(), x, j, convolution.output().width());
                for (int f = 0; f < convolution.groupFilters() && row >= 0 && column >= 0; f++) {
                    int filter = group * convolution.groupFilters() + f;
                    double product = value
                            * filters.applyAsDouble(
                                    convolution.filterIndex(filter, c % convolution.groupChannels(), i, j));
                    int index = convolution.output().index(n, row, column, filter);
                    sums[index] += product;
                    magnitudes[index] += Math.abs(product);
                }
            }
        }
    }

    /** The place from which the window's element i sees a position, or -1. */
    private static int place(Window window, int position, int i, int places) {
        int start = position + window.before() - i * window.dilation();
        return start < 0 || start % window.stride() != 0 || start / window.stride() >= places
                ? -1
                : start / window.stride();
    }
}
