package dev.infermark.kernel.reference;

/** The error function in double precision. */
public final class ErrorFunction {
    /** From here on the continued fraction needs fewer terms than the series. */
    private static final double TAIL = 2.5;

    private static final int TERMS = 80;

    private ErrorFunction() {}

    /** erf(x), to a relative error below 1e-13. */
    public static double of(double x) {
        return Math.abs(x) < TAIL ? series(x) : Math.copySign(1 - tail(Math.abs(x)), x);
    }

    /** erfc(x) = 1 - erf(x), to a relative error below 1e-13 while it is a normal number. */
    public static double complement(double x) {
        if (x >= TAIL) {
            return tail(x);
        }
        return x <= -TAIL ? 2 - tail(-x) : 1 - series(x);
    }

    /** erf(x) = 2/√π · exp(-x²) · Σ 2^n x^(2n+1) / (2n+1)!! (DLMF 7.6.2), whose terms all have one sign. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < TERMS; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /** erfc(x) = exp(-x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))) for positive x (DLMF 7.9.1), from its end. */
    private static double tail(double x) {
        double fraction = x;
        for (int n = TERMS; n > 0; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
    }
}
