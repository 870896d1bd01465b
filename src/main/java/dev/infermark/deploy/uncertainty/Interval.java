package dev.infermark.deploy.uncertainty;

import dev.infermark.base.UserError;
import dev.infermark.json.JsonRecords;
import java.util.Map;
import java.util.TreeMap;

/**
 * The 90 % interval of predictions: published values lie within a factor of the modelled one.
 *
 * @param halfWidth natural logarithm of that factor, above 0
 */
public record Interval(double halfWidth) {
    /** Of what nothing was measured: half as much again, up or down. No quantile, but a guess. */
    public static final Interval UNMEASURED = new Interval(0.4);

    private static final double LEAST = 1e-6;
    private static final double MOST = 10;

    /** Refuses widths that are no positive number. */
    public Interval {
        if (!(halfWidth > 0) || Double.isInfinite(halfWidth)) {
            throw new IllegalArgumentException("an interval of half-width " + halfWidth);
        }
    }

    /**
     * Half-widths in the order of their keys.
     *
     * @throws UserError where one is no width that an interval can have
     */
    public static <K extends Comparable<K>> Map<K, Double> checked(Map<K, Double> halfWidths) {
        halfWidths.forEach((key, width) -> {
            if (width == null) {
                throw new UserError("the half-width of " + key + " is null");
            }
            JsonRecords.require("the half-width of " + key, width, LEAST, MOST);
        });
        return new TreeMap<>(halfWidths);
    }

    /** Whether errors were measured that it follows from. */
    public boolean isMeasured() {
        return !equals(UNMEASURED);
    }

    /** What it is: an interval by errors that were measured, or a guess. */
    public String words() {
        return isMeasured() ? "90 % interval" : "range that is a guess, as nothing was measured";
    }

    /** What stands before its ends in a sentence. */
    public String lead() {
        return isMeasured() ? "90 %:" : "not measured: taken as";
    }

    /** What files call it: {@code 90 %} or {@code guess}. */
    public String kind() {
        return isMeasured() ? "90 %" : "guess";
    }

    /** What the columns of its ends are called: {@code from} or {@code to}. */
    public String title(String end) {
        return (isMeasured() ? "90 % interval " : "not measured: taken ") + end;
    }

    /** The lower end for a modelled latency or throughput. */
    public double lower(double modelled) {
        return modelled * Math.exp(-halfWidth);
    }

    /** The upper end for a modelled latency or throughput. */
    public double upper(double modelled) {
        return modelled * Math.exp(halfWidth);
    }

    /** Whether a value lies between the ends: a published one, or a modelled one that differs by no more than noise. */
    public boolean contains(double modelled, double other) {
        return lower(modelled) <= other && other <= upper(modelled);
    }
}
