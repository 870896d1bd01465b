package dev.infermark.kernel.gpsimd;

import java.util.List;

/**
 * An operator of the user's own for the GPSIMD engine.
 *
 * <p>All eight processors run the same {@link #run}; each works on its share of the tensor, as
 * {@link Processor#firstOf} and {@link Processor#lastOf} tell, and brings elements through its local memory.
 */
public interface CustomOperator {
    /** What the operator is called, such as {@code triangularMask}. */
    String name();

    /**
     * The shape of the output for the given inputs.
     *
     * @throws IllegalArgumentException naming the input, if the operator does not take inputs of these shapes
     */
    int[] outputShape(List<Tensor> inputs);

    /** Writes one processor's share of the output, which has {@link #outputShape} and unknown content. */
    void run(Processor processor, List<Tensor> inputs, Tensor output);
}
