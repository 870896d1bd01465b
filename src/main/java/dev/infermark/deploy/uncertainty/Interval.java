package dev.infermark.deploy.uncertainty;

/**
 * The 90 % interval of predictions: published values lie within a factor of the modelled one.
 *
 * @param halfWidth natural logarithm of that factor, above 0
 */
public record Interval(double halfWidth) {

    /** Refuses widths that are no positive number. */
    public Interval {
        if (!(halfWidth > 0) || Double.isInfinite(halfWidth)) {
            throw new IllegalArgumentException("an interval of half-width " + halfWidth);
        }
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
