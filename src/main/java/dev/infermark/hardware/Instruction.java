package dev.infermark.hardware;

/**
 * Instructions of the Vector and Scalar engines, named as the Neuron Kernel Interface names them; a suffix names the
 * operands for which the cost differs.
 */
public enum Instruction {
    /** A function of scale times input plus bias. */
    ACTIVATION,
    /** The same with a sum along the free axis. */
    ACTIVATION_REDUCE,
    /** One or two operations of a tensor with scalars. */
    TENSOR_SCALAR,
    /** The same with a reduction along the free axis. */
    TENSOR_SCALAR_REDUCE,
    /** An operation of two tensors in SBUF. */
    TENSOR_TENSOR,
    /** An operation of two tensors of which exactly one is in PSUM. */
    TENSOR_TENSOR_ONE_IN_PSUM,
    /** Add, subtract or multiply of two BF16 tensors in SBUF. */
    TENSOR_TENSOR_BF16,
    /** A reduction along the free axis. */
    TENSOR_REDUCE,
    /** A sum or maximum along the free axis, BF16 in and out. */
    TENSOR_REDUCE_BF16,
    /** (tensor op scalar) op tensor. */
    SCALAR_TENSOR_TENSOR,
    /** (tensor - scalar) * tensor in BF16 with an even number of elements. */
    SCALAR_TENSOR_TENSOR_BF16,
    /** A running operation of two tensors along the free axis. */
    TENSOR_TENSOR_SCAN,
    /** A copy with an optional cast, such as the evacuation of PSUM. */
    TENSOR_COPY,
    /** A copy under a mask, source and mask both in SBUF. */
    TENSOR_COPY_PREDICATED,
    /** A copy under a mask, source and mask in different memories. */
    TENSOR_COPY_PREDICATED_ACROSS,
    /** Filling with a constant. */
    MEMSET,
    /** Filling with zeros of a 16-bit type. */
    MEMSET_ZERO_16_BIT,
    /** One over each element. */
    RECIPROCAL,
    /** Mean and variance of up to 512 elements. */
    BN_STATS,
    /** Mean and variance of several such pairs. */
    BN_AGGR,
    /** A transpose of 32 by 32 blocks. */
    NC_TRANSPOSE,
    /** A shuffle among 32 partitions. */
    NC_STREAM_SHUFFLE,
    /** Choosing elements by their index. */
    RANGE_SELECT,
    /** Random zeroing. */
    DROPOUT,
    /** The eight largest elements of a partition. */
    MAX8
}
