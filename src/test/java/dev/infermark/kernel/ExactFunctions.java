package dev.infermark.kernel;

import java.util.Arrays;

/** The functions in double precision, by other ways than the kernels take. */
final class ExactFunctions {
    /**
     * What the values may be off, in ulps of FP32. fdlibm is within 1 ulp of FP64 and at most ten operations follow;
     * exp magnifies the rounding of its argument, which is at most 110 where the result is not 0: 130·2^-53 in all.
     */
    static final double ERROR = 130 * 0x1p-53 / 0x1p-24;

    private static final double SQRT_2_OVER_PI = StrictMath.sqrt(2 / StrictMath.PI);
    private static final double SQRT_HALF = StrictMath.sqrt(0.5);

    /** The step of the trapezoidal rule for erfc. */
    private static final double STEP = 0.5;

    /** exp(-v²) at the places that the rule visits. */
    private static final double[] NORMAL = new double[14];

    static {
        Arrays.setAll(NORMAL, k -> StrictMath.exp(-square(k)));
    }

    private ExactFunctions() {}

    static double value(ScalarFunction function, double v) {
        return switch (function) {
            case EXP -> StrictMath.exp(v);
            case TANH -> StrictMath.tanh(v);
            case SIGMOID -> logistic(v);
            case GELU -> v * normal(v);
            case GELU_TANH -> v * logistic(2 * geluTanhArgument(v));
            case SILU -> v * logistic(v);
            case RELU -> v < 0 ? 0 : v;
            case RECIPROCAL -> 1 / v;
            case RSQRT -> 1 / StrictMath.sqrt(v);
            case SQRT -> StrictMath.sqrt(v);
            case LOG -> StrictMath.log(v);
            case ERF -> erf(v);
            case SOFTPLUS -> v > 40 ? v : StrictMath.log1p(StrictMath.exp(v));
        };
    }

    static double geluTanhArgument(double v) {
        return SQRT_2_OVER_PI * (v + 0.044715 * v * v * v);
    }

    /** exp(v)/(1 + exp(v)), or for positive v 1/(1 + exp(-v)). */
    private static double logistic(double v) {
        double exp = StrictMath.exp(-Math.abs(v));
        return v < 0 ? exp / (1 + exp) : 1 / (1 + exp);
    }

    /** Φ(v) = ½·erfc(-v/√2). */
    private static double normal(double v) {
        return 0.5 * complement(-v * SQRT_HALF);
    }

    private static double erf(double v) {
        double magnitude = Math.abs(v);
        return Math.copySign(magnitude < 0.5 ? series(magnitude) : 1 - complement(magnitude), v);
    }

    /** Maclaurin series 2/√π · Σ (-1)^n v^(2n+1)/(n!·(2n+1)) (DLMF 7.6.1), which hardly cancels up to ½. */
    private static double series(double v) {
        double power = v;
        double sum = 0;
        for (int n = 0; n < 16; n++) {
            sum += power / (2 * n + 1);
            power *= -v * v / (n + 1);
        }
        return 2 / StrictMath.sqrt(StrictMath.PI) * sum;
    }

    /**
     * erfc by the trapezoidal rule on its integral erfc(v) = exp(-v²)/π · ∫ exp(-v²·t²)/(1 + t²) dt over the line (DLMF
     * 7.7.1), in the form of Chiarella and Reichel (1968): with step h, h·v·exp(-v²)/π · (1/v² + 2·Σ
     * exp(-k²h²)/(k²h² + v²)), whose error is a term 2/(1 - exp(2πv/h)) added where v is less than π/h and
     * exp(-π²/h²) else.
     */
    private static double complement(double v) {
        if (Math.abs(v) < 0.5) {
            return 1 - series(v);
        }
        if (v < 0) {
            return 2 - complement(-v);
        }
        if (v > 27) {
            return 0;
        }
        double sum = 1 / (v * v);
        for (int k = 1; k < NORMAL.length; k++) {
            sum += 2 * NORMAL[k] / (square(k) + v * v);
        }
        double integral = STEP * v * StrictMath.exp(-v * v) / StrictMath.PI * sum;
        return v < StrictMath.PI / STEP
                ? integral + 2 / (1 - StrictMath.exp(2 * StrictMath.PI * v / STEP))
                : integral;
    }

    private static double square(int k) {
        return k * STEP * (k * STEP);
    }
}
