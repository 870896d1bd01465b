package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;

/**
 * An operator of the user's own for the GPSIMD engine.
 *
 * <p>All eight processors run the same {@link #run}, perhaps at the same time; each works on its share of the outputs,
 * as {@link Processor#firstOf} and {@link Processor#lastOf} tell, and writes no other's. An operator keeps no state.
 *
 * <p>A class that {@code META-INF/services/dev.infermark.kernel.gpsimd.CustomOperator} names, with a public constructor
 * that takes nothing, is benchmarked, and predicted where a model file uses an operator of its name.
 */
public interface CustomOperator {
    /**
     * What the operator is called, such as {@code triangularMask}, or {@code com.example.Swirl} for the operator Swirl
     * of the ONNX domain com.example: letters, digits, dots, dashes and underscores.
     */
    String name();

    /**
     * Types and shapes of the outputs for the given inputs.
     *
     * @throws IllegalArgumentException naming the input and its shape, if the operator does not take such inputs
     */
    List<TensorSpec> outputs(List<TensorSpec> inputs);

    /**
     * Writes one processor's share of the outputs, which are as {@link #outputs} says and have unknown content.
     *
     * <p>What it throws reaches the caller of the engine; then the content of the outputs is undefined.
     */
    void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs);

    /**
     * What the operator costs the GPSIMD engine for the given inputs, which {@link #outputs} accepts; empty where
     * nobody can tell, which predictions then call unmodelled.
     */
    default Optional<OperatorCost> cost(List<TensorSpec> inputs) {
        return Optional.empty();
    }

    /** The inputs that the benchmark runs a registered operator on; by default one FP32 tensor of 128×1024. */
    default List<TensorSpec> example() {
        return List.of(TensorSpec.of(DataType.FP32, 128, 1024));
    }

    /** New tensors as {@link #example} says; by default FP32 from -1 to 1, and integers of any value. */
    default List<Tensor> exampleInputs() {
        return example().stream().map(Examples::uniform).toList();
    }
}
