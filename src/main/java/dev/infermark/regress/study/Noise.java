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
    /** First-order autoregressive with coefficient 0.3. */
    WEAKLY_AUTOREGRESSIVE("AR(1) 0.3"),
    /** First-order autoregressive with coefficient 0.7. */
    STRONGLY_AUTOREGRESSIVE("AR(1) 0.7"),
    /** Two modes ten spreads apart, the slower one taken by three runs of ten. */
    BIMODAL("bimodal, 30 %"),
    /** Two modes ten spreads apart; nine runs of ten stay in the mode of the run before. */
    STICKY("sticky modes");

    private static final double STAY = 0.9;

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
        int mode = 0;
        for (int i = 0; i < length; i++) {
            previous = next(previous, random);
            mode = this == STICKY && random.nextDouble() > STAY ? 1 - mode : mode;
            factors[i] = Math.exp(spread * (previous + 10 * mode));
        }
        return factors;
    }

    private static double follow(double coefficient, double previous, double g) {
        return coefficient * previous + Math.sqrt(1 - coefficient * coefficient) * g;
    }

    private double next(double previous, RandomGenerator random) {
        double g = random.nextGaussian();
        return switch (this) {
            case GAUSSIAN, STICKY -> g;
            case HEAVY_TAILED -> {
                double chiSquared = 0;
                for (int i = 0; i < 3; i++) {
                    double part = random.nextGaussian();
                    chiSquared += part * part;
                }
                yield g / Math.sqrt(chiSquared);
            }
            case OUTLIERS -> random.nextDouble() < 0.05 ? g + 5 + 10 * random.nextDouble() : g;
            case AUTOREGRESSIVE -> follow(0.5, previous, g);
            case WEAKLY_AUTOREGRESSIVE -> follow(0.3, previous, g);
            case STRONGLY_AUTOREGRESSIVE -> follow(0.7, previous, g);
            case BIMODAL -> random.nextDouble() < 0.3 ? g + 10 : g;
        };
    }
}
