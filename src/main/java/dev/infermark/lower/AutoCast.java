package dev.infermark.lower;

/** Which operators of an FP32 network the compiler runs in a narrower type. */
public enum AutoCast {
    /** Matmuls and convolutions only. */
    MATMULT,
    /** Every operator. */
    ALL,
    /** None. */
    NONE
}
