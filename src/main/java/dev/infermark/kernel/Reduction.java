package dev.infermark.kernel;

/** How the Vector engine makes one number of a row. */
public enum Reduction {
    /** Sum in FP32, in no fixed order: off by at most (n - 1)·2<sup>-24</sup> of the sum of magnitudes, first order. */
    SUM,
    /** The sum divided by n, rounded once more. */
    MEAN,
    /** Largest element as {@link Math#max(float, float)} has it: NaN if there is one, 0 above -0. */
    MAX,
    /** Smallest element as {@link Math#min(float, float)} has it: NaN if there is one, -0 below 0. */
    MIN
}
