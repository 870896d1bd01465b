package dev.infermark.report.plot;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis.
 *
 * @param low the number at its beginning
 * @param high the number at its end
 * @param length in units of the picture
 */
record LogAxis(double low, double high, double length) {
    private static final double ROOM = 1.25;
    private static final double FEW = 3;
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P"};

    /** An axis that has room for all numbers. */
    static LogAxis of(DoubleStream numbers, double length) {
        var all = numbers.summaryStatistics();
        return all.getCount() == 0
                ? new LogAxis(1, 10, length)
                : new LogAxis(all.getMin() / ROOM, all.getMax() * ROOM, length);
    }

    double place(double value) {
        return Math.log(value / low) / Math.log(high / low) * length;
    }

    /** The numbers to label: powers of ten, and where those are few their doubles and fivefold. */
    List<Double> ticks() {
        double decades = Math.log10(high / low);
        double[] steps = decades < FEW ? new double[] {1, 2, 5} : new double[] {1};
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
            for (double step : steps) {
                double tick = step * Math.pow(10, power);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    static String label(double tick) {
        int prefix = (int) Math.clamp(Math.floor(Math.log10(tick) / 3 + 1e-9), 0, PREFIXES.length - 1);
        return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
                        .format(tick / Math.pow(10, 3 * prefix))
                + PREFIXES[prefix];
    }
}
