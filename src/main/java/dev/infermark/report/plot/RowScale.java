package dev.infermark.report.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where numbers lie between the left and the right end of an axis.
 *
 * @param transformed what grows evenly along the axis: the number itself or its logarithm
 * @param first the number at the left end
 * @param last the number at the right end
 * @param ticks the numbers that the axis labels
 * @param left in pixels
 * @param right in pixels
 */
record RowScale(
        DoubleUnaryOperator transformed, double first, double last, List<Double> ticks, int left, int right) {
    private static final int MOST_TICKS = 6;

    static RowScale of(BarPlot plot, int left, int right) {
        double[] values = plot.series().stream()
                .flatMap(series -> series.values().stream())
                .flatMapToDouble(value -> value.stream())
                .toArray();
        double largest = DoubleStream.of(values).max().orElse(1);
        return switch (plot.scale()) {
            case LINEAR -> linear(largest, left, right);
            // From half the smallest value, so that its bar is more than a line.
            case LOGARITHMIC -> logarithmic(DoubleStream.of(values).min().orElse(1) / 2, largest, left, right);
        };
    }

    private static RowScale linear(double largest, int left, int right) {
        double step = Math.pow(10, Math.floor(Math.log10(largest)));
        if (largest / step < 2) {
            step /= 5;
        } else if (largest / step < 5) {
            step /= 2;
        }
        double distance = largest / step > MOST_TICKS ? 2 * step : step;
        List<Double> ticks = IntStream.rangeClosed(0, (int) Math.floor(largest / distance))
                .mapToObj(i -> i * distance)
                .toList();
        return new RowScale(DoubleUnaryOperator.identity(), 0, largest, ticks, left, right);
    }

    private static RowScale logarithmic(double smallest, double largest, int left, int right) {
        int first = (int) Math.floor(Math.log10(smallest));
        int last = (int) Math.ceil(Math.log10(largest));
        int every = 1 + (last - first) / MOST_TICKS;
        List<Double> ticks = IntStream.rangeClosed(first, last)
                .filter(exponent -> (exponent - first) % every == 0)
                .mapToObj(exponent -> Math.pow(10, exponent))
                .toList();
        return new RowScale(Math::log10, Math.pow(10, first), Math.pow(10, last), ticks, left, right);
    }

    double x(double value) {
        double start = transformed.applyAsDouble(first);
        double share = (transformed.applyAsDouble(value) - start) / (transformed.applyAsDouble(last) - start);
        return left + share * (right - left);
    }

    static String label(double tick) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(tick);
    }
}
