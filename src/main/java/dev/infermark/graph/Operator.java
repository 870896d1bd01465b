package dev.infermark.graph;

import java.util.List;

/** What a node computes; each operator answers for its output types and its work. */
public sealed interface Operator
        permits Activation,
                Collective,
                Concat,
                Convolution,
                CumulativeSum,
                Custom,
                Elementwise,
                Expand,
                Gather,
                MatMul,
                Normalization,
                Pad,
                Pool,
                Reduce,
                Reshape,
                Resize,
                Scatter,
                Slice,
                Softmax,
                TopK,
                Transpose,
                TransposedConvolution {

    /**
     * The types of the outputs for the given inputs.
     *
     * @throws IllegalArgumentException when the inputs do not fit the operator, naming both
     */
    List<TensorType> infer(List<TensorType> inputs);

    /**
     * The same operator for inputs of other sizes. What it states of shapes changes with them; most operators state
     * nothing of them.
     *
     * @param before the types of the inputs that it was made for
     * @param after the types that the inputs have now
     * @throws IllegalArgumentException where it cannot follow them, naming both
     */
    default Operator resized(List<TensorType> before, List<TensorType> after) {
        return this;
    }

    /** Arithmetic for these inputs and outputs. */
    Work work(List<TensorType> inputs, List<TensorType> outputs);

    /** The name in tables, such as {@code MatMul}. */
    default String mnemonic() {
        return getClass().getSimpleName();
    }
}
