package dev.infermark.validate.calibrate;

import java.util.List;

/**
 * A calibrated parameter: where it is kept, what it means and where it may lie.
 *
 * @param owner what it belongs to, such as {@code neuroncore-v2} or {@code host}
 * @param name what it is called
 * @param pointers JSON pointers to its places in the file of parameters, which all hold the same value
 * @param devices chip generations whose measurements inform it
 * @param meaning what it is physically
 * @param unit unit of its values, empty for ratios
 * @param lower least value
 * @param upper greatest value
 * @param start value from which the fit starts and towards which it is drawn weakly
 * @param spread how far the value may plausibly lie from the start, as a standard deviation of its logarithm
 */
public record Parameter(
        String owner,
        String name,
        List<String> pointers,
        List<String> devices,
        String meaning,
        String unit,
        double lower,
        double upper,
        double start,
        double spread) {
    /** How near to a bound a start may lie, as a share of the range. */
    private static final double MARGIN = 1e-6;

    /** Refuses bounds that leave no room, starts outside of them and parameters that nothing informs. */
    public Parameter {
        pointers = List.copyOf(pointers);
        devices = List.copyOf(devices);
        if (!(0 <= lower && lower < upper) || start < lower || start > upper || !(spread > 0) || devices.isEmpty()) {
            throw new IllegalArgumentException("broken description of parameter " + name);
        }
    }

    /** The value at a coordinate of the unbounded space in which the fit moves: a logistic curve between the bounds. */
    double value(double coordinate) {
        double share = 1 / (1 + Math.exp(-coordinate));
        return lower > 0 ? lower * Math.pow(upper / lower, share) : upper * share;
    }

    /** The coordinate of a value. */
    double coordinate(double value) {
        double share = lower > 0 ? Math.log(value / lower) / Math.log(upper / lower) : value / upper;
        double inside = Math.clamp(share, MARGIN, 1 - MARGIN);
        return Math.log(inside / (1 - inside));
    }

    /** How far a value lies from the start, in spreads; the pull that keeps what the data do not decide. */
    double strain(double value) {
        double floor = MARGIN * upper;
        return Math.log(Math.max(value, floor) / Math.max(start, floor)) / spread;
    }
}
