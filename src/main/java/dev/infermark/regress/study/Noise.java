package dev.infermark.regress.study;

import java.util.random.RandomGenerator;

/** Kinds of run-to-run noise, as factors around 1; the spread is that of the Gaussian part of the logarithm. */
public enum Noise {
    /** Independent Gaussian logarithms. */
    GAUSSIAN("Gaussian"),
    /** Student's t with three degrees of freedom, scaled to unit variance. */
    HEAVY_TAILED("heavy-tailed (t, 3 df)"),
    /** Gaussian; one run of twenty is 5 to 15 spreads slower. */
    OUTLIERS("5 % outliers"),
    /** First-order autoregressive with coefficient 0.5. */
    AUTOREGRESSIVE("AR(1) 0.5"),
    /** Two modes ten spreads apart, the slower one taken by three runs of ten. */
    BIMODAL("bimodal, 30 %");

    private static final double COEFFICIENT = 0.5;

    private final String label;

    Noise(String label) {
        this.label = label;
    }

    /** The name for tables. */
    public String label() {
        return label;
    }

    /** Draws a series of factors with the given spread. */
    public double[] draw(int length, double spread, RandomGenerator random) {
        double[] factors = new double[length];
        double previous = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            previous = next(previous, random);
            factors[i] = Math.exp(spread * previous);
        }
        return factors;
    }

    private double next(double previous, RandomGenerator random) {
        double g = random.nextGaussian();
        return switch (this) {
            case GAUSSIAN -> g;
            case HEAVY_TAILED -> {
                double chiSquared = 0;
                for (int i = 0; i < 3; i++) {
                    double part = random.nextGaussian();
                    chiSquared += part * part;
                }
                yield g / Math.sqrt(chiSquared);
            }
            case OUTLIERS -> random.nextDouble() < 0.05 ? g + 5 + 10 * random.nextDouble() : g;
            case AUTOREGRESSIVE -> COEFFICIENT * previous + Math.sqrt(1 - COEFFICIENT * COEFFICIENT) * g;
            case BIMODAL -> random.nextDouble() < 0.3 ? g + 10 : g;
        };
    }
}
