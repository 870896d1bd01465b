package dev.infermark.kernel;

/**
 * The functions that the Scalar engine computes in one pass over its input.
 *
 * <p>Each names its error: the distance from the exact value in units of the last place of the exact value rounded to
 * FP32, the smallest subnormal number where that is subnormal. NaN gives NaN in every function.
 */
public enum ScalarFunction {
    /** e to the power of v, within 1 ulp. */
    EXP,
    /** Hyperbolic tangent, within 1 ulp; ±1 at the infinities. */
    TANH,
    /** Logistic function 1/(1 + exp(-v)), within 4 ulp. */
    SIGMOID,
    /**
     * GELU by the error function: v·Φ(v) = ½·v·(1 + erf(v/√2)) (Hendrycks and Gimpel, 2016), within 12 ulp, and 16
     * where it is subnormal. Negative infinity gives NaN, as the formula does.
     */
    GELU,
    /**
     * GELU by tanh: ½·v·(1 + tanh(w)) with w = √(2/π)·(v + 0.044715·v³), computed as v/(1 + exp(-2w)), which is the
     * same and does not cancel. Within 8 + 8·|w| ulp, since the error of w enters through exp, and 16 where it is
     * subnormal. Negative infinity gives NaN.
     */
    GELU_TANH,
    /**
     * SiLU or Swish: v/(1 + exp(-v)), within 6 ulp, and |v|·2<sup>-149</sup> more where exp(v) is subnormal or less.
     * Negative infinity gives NaN, as the formula does.
     */
    SILU,
    /** 0 for negative v, else v itself, which keeps negative zero; exact. */
    RELU,
    /** 1/v, correctly rounded. */
    RECIPROCAL,
    /** 1/√v, within 2 ulp; NaN for negative v and an infinity of its sign for a zero. */
    RSQRT,
    /** √v, correctly rounded; NaN for negative v. */
    SQRT,
    /** Natural logarithm, within 1 ulp; NaN for negative v and negative infinity for zero. */
    LOG,
    /** Error function 2/√π · ∫ exp(-t²) dt from 0 to v, within 2 ulp; ±1 at the infinities. */
    ERF,
    /** ln(1 + exp(v)), within 4 ulp. */
    SOFTPLUS
}
