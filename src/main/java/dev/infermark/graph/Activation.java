package dev.infermark.graph;

import dev.infermark.numerics.DataType;
import java.util.List;

/**
 * A function of each single element.
 *
 * <p>Input: one tensor of any shape. Output: the same shape, in another element type for a cast.
 *
 * @param function the function
 * @param result the element type of the output
 */
public record Activation(Function function, DataType result) implements Operator {

    /** The functions that the Scalar engine computes in one pass, and those made of cheap arithmetic. */
    public enum Function {
        /** Conversion of the element type only. */
        CAST,
        /** The value itself. */
        IDENTITY,
        /** Largest of 0 and x, with its leaky, clipped and parametric forms. */
        RELU,
        /** Gaussian error linear unit by the error function. */
        GELU,
        /** Gaussian error linear unit by its tanh approximation. */
        GELU_TANH,
        /** x times the logistic function of 1.702 x. */
        QUICK_GELU,
        /** x times the logistic function of x. */
        SILU,
        /** Hyperbolic tangent. */
        TANH,
        /** Logistic function, with its hard form. */
        SIGMOID,
        /** x times tanh of softplus of x. */
        MISH,
        /** x times the hard logistic function. */
        HARD_SWISH,
        /** Exponential. */
        EXP,
        /** Natural logarithm. */
        LOG,
        /** Error function. */
        ERF,
        /** Logarithm of one plus the exponential. */
        SOFTPLUS,
        /** Exponential linear unit, with its scaled form. */
        ELU,
        /** Square root. */
        SQRT,
        /** Reciprocal of the square root. */
        RSQRT,
        /** Reciprocal. */
        RECIPROCAL,
        /** Square. */
        SQUARE,
        /** Negation. */
        NEGATE,
        /** Absolute value. */
        ABSOLUTE,
        /** Sine or cosine. */
        TRIGONOMETRIC,
        /** Rounding to a whole number, or the sign. */
        ROUND,
        /** Restriction to a range. */
        CLIP,
        /** Negation of a truth value. */
        NOT
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return List.of(new TensorType(result, inputs.getFirst().shape()));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return switch (function) {
            case CAST, IDENTITY -> Work.NONE;
            default -> new Work(0, outputs.getFirst().shape().elements());
        };
    }

    @Override
    public String mnemonic() {
        return function.name().charAt(0) + function.name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
