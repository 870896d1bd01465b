package dev.infermark.lower;

/** The ways in which a node costs no instruction of its own, because another node's instruction does its work. */
public enum FusionRule {
    /** Adding a vector of parameters to a matmul, or scaling it, is part of moving the matmul out of PSUM. */
    BIAS_INTO_EVACUATION,
    /** A function applied to a matmul is computed by the Scalar engine while it moves the matmul out of PSUM. */
    ACTIVATION_INTO_EVACUATION,
    /** The scale and shift of a batch normalisation are multiplied into the weights of the convolution before it. */
    BATCH_NORM_INTO_WEIGHTS,
    /** A mask of the scores is applied while the scores move out of PSUM. */
    MASK_INTO_EVACUATION,
    /** A rectifier after an addition is the second operation of the addition's instruction. */
    RECTIFIER_INTO_ELEMENTWISE,
    /** A reshape, a slice or a joining of tensors is a matter of addresses. */
    VIEW,
    /** A transpose next to a matmul is a matter of which operand is stationary. */
    TRANSPOSE_INTO_MATMUL
}
