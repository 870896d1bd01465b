package dev.infermark.bench.result;

import java.util.Collection;

/**
 * What a benchmark measures. A constant is named as the benchmark's method is, which it finds by that name: {@code
 * MATMUL_PSUM} is {@code matmulPsum}.
 */
public sealed interface Operation {

    /** The name in results: that of the benchmark's method or of the custom operator. */
    String label();

    /** Multiplications of matrices, M×K×N. */
    enum Matmul implements Constant {
        /** Sums in the order that is fastest. */
        MATMUL,
        /** Sums in the order of the chip's accumulators. */
        MATMUL_PSUM,
        /** On two threads. */
        MATMUL_TWO_THREADS,
        /** By one column. */
        MATRIX_VECTOR
    }

    /** Convolutions of images in both layouts. */
    enum Convolution implements Constant {
        /** Channels last. */
        CONV2D_NHWC,
        /** Pixels last. */
        CONV2D_NCHW
    }

    /** Functions of one element. */
    enum ElementFunction implements Constant {
        /** e to the x. */
        EXP,
        /** Hyperbolic tangent. */
        TANH,
        /** Logistic function. */
        SIGMOID,
        /** GELU by the error function. */
        GELU,
        /** GELU by the hyperbolic tangent. */
        GELU_TANH,
        /** x times its sigmoid. */
        SILU,
        /** The larger of x and 0. */
        RELU,
        /** 1 / x. */
        RECIPROCAL,
        /** 1 / √x. */
        RSQRT,
        /** √x. */
        SQRT,
        /** Natural logarithm. */
        LOG,
        /** Error function. */
        ERF,
        /** log(1 + e to the x). */
        SOFTPLUS
    }

    /** Conversions between data types. */
    enum Conversion implements Constant {
        /** To FP32. */
        DECODE,
        /** From FP32, rounded to nearest. */
        ENCODE,
        /** From FP32, rounded stochastically. */
        ENCODE_STOCHASTIC
    }

    /** Operations on two arrays, element by element. */
    enum Pair implements Constant {
        /** Sums. */
        ADD,
        /** The larger ones. */
        MAXIMUM,
        /** a·x + y, in place. */
        AXPY
    }

    /** Operations that scale rows or channels by what they hold. */
    enum Normalization implements Constant {
        /** Layer normalisation. */
        LAYER_NORM,
        /** By the root mean square. */
        RMS_NORM,
        /** Batch normalisation. */
        BATCH_NORM,
        /** Rows that sum to 1. */
        SOFTMAX
    }

    /** Operations whose result is smaller than a row or channel of the operand. */
    enum RowReduction implements Constant {
        /** Sum of each row. */
        SUM,
        /** Largest of each row. */
        MAX,
        /** The eight largest of each row. */
        TOP8,
        /** Mean and variance of each channel. */
        STATISTICS
    }

    /** Pooling of images in both layouts. */
    enum Pooling implements Constant {
        /** Largest of 3×3, stride 2, channels last. */
        MAX_POOL_NHWC,
        /** Largest of 3×3, stride 2, pixels last. */
        MAX_POOL_NCHW,
        /** Mean of each channel, channels last. */
        GLOBAL_AVERAGE_NHWC,
        /** Mean of each channel, pixels last. */
        GLOBAL_AVERAGE_NCHW
    }

    /** Operations that only move. */
    enum Movement implements Constant {
        /** Rows become columns. */
        TRANSPOSE
    }

    /** Reference benchmarks: how fast the host could be at best. */
    enum Reference implements Constant {
        /** Multiply-adds all in registers. */
        MULTIPLY_ADD,
        /** Reads of memory. */
        READ,
        /** Copies of memory. */
        COPY
    }

    /**
     * A custom operator on the GPSIMD engine.
     *
     * @param label its name
     */
    record Custom(String label) implements Operation {}

    /**
     * A part of this program itself, such as a prediction.
     *
     * @param label the benchmark's method
     */
    record OwnCode(String label) implements Operation {}

    /**
     * A benchmark that this program does not have, such as one of an earlier version.
     *
     * @param label the benchmark's method
     */
    record Unknown(String label) implements Operation {}

    /** What a benchmark of that class and method measures. */
    static Operation of(String benchmark) {
        return OperationNames.find(benchmark);
    }

    /** Every operation that the program's own benchmarks measure. */
    static Collection<Constant> constants() {
        return OperationNames.BY_METHOD.values();
    }

    /** An operation that the program's own benchmarks measure. */
    sealed interface Constant extends Operation {
        /** The name of the constant. */
        String name();

        @Override
        default String label() {
            return OperationNames.method(name());
        }
    }
}
