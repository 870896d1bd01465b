package dev.infermark.regress.statistics;

/**
 * The distribution of the largest of many: Gumbel's, fitted by mean and variance.
 *
 * <p>Tells chances too small to be counted (Winkler et al., NeuroImage 141, 2016).
 */
public final class Extremes {
    private static final double EULER = 0.5772156649015329;
    private static final int LEAST = 20;

    private int count;
    private double mean;
    private double squares;

    /** Takes one more largest value. */
    public void add(double value) {
        count++;
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
    }

    /** How many were taken. */
    public int count() {
        return count;
    }

    /**
     * The chance of a value beyond, one standard error of the fit on the safe side; 1 where fewer than 20 were taken or
     * none differs.
     */
    public double chanceBeyond(double value) {
        if (count < LEAST || squares == 0) {
            return 1;
        }
        double deviation = Math.sqrt(squares / (count - 1)) * (1 + 1 / Math.sqrt(count));
        double scale = deviation * Math.sqrt(6) / Math.PI;
        double place = mean + deviation / Math.sqrt(count) - EULER * scale;
        return -Math.expm1(-Math.exp(-(value - place) / scale));
    }
}
