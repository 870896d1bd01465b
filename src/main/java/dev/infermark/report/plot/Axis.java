package dev.infermark.report.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A linear axis from zero.
 *
 * @param largest the number at its end
 * @param ticks the numbers that it labels
 * @param length in units of the picture
 */
record Axis(double largest, List<Double> ticks, int length) {
    private static final int MOST_TICKS = 5;

    /** An axis that the plot's longest bar fills. */
    static Axis of(BarPlot plot, int length) {
        double largest = plot.fromZero().mapToDouble(Bar::reach).max().orElse(1);
        double end = largest > 0 ? largest : 1;
        double power = Math.pow(10, Math.floor(Math.log10(end)));
        double distance = List.of(0.2, 0.5, 1.0, 2.0).stream()
                .map(step -> step * power)
                .filter(step -> end / step <= MOST_TICKS)
                .findFirst()
                .orElse(2 * power);
        List<Double> ticks = IntStream.rangeClosed(0, (int) Math.floor(end / distance))
                .mapToObj(i -> i * distance)
                .toList();
        return new Axis(end, ticks, length);
    }

    double x(double value) {
        return value / largest * length;
    }

    static String label(double tick) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(tick);
    }
}
