package dev.infermark.graph;

import java.util.List;

/**
 * One use of an operator.
 *
 * @param name unique within the graph
 * @param layer the part of the network it belongs to, such as {@code encoder.layer.3}, as people name it
 * @param operator what is computed
 * @param inputs tensors read, in the operator's order
 * @param outputs tensors written, in the operator's order
 */
public record Node(String name, String layer, Operator operator, List<Tensor> inputs, List<Tensor> outputs) {

    /** Copies the lists. */
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The types of the inputs. */
    public List<TensorType> inputTypes() {
        return inputs.stream().map(Tensor::type).toList();
    }

    /** The types of the outputs. */
    public List<TensorType> outputTypes() {
        return outputs.stream().map(Tensor::type).toList();
    }

    /** The first output, which for most operators is the only one. */
    public Tensor output() {
        return outputs.getFirst();
    }

    /** Arithmetic of this node. */
    public Work work() {
        return operator.work(inputTypes(), outputTypes());
    }

    /**
     * Bytes read and written, each tensor once, in the types of the graph; a reshape moves nothing, and look-ups and
     * slices read only what they return.
     */
    public long bytes() {
        long written = bytes(outputs);
        return switch (operator) {
            case Reshape _ -> 0;
            case Slice _ -> 2 * written;
            // The rest of the tensor stays where it is.
            case Scatter _ -> 2 * bytes(inputs.subList(1, inputs.size()));
            case Gather _ -> 2 * written + bytes(inputs.subList(1, inputs.size()));
            case Activation _,
                    Collective _,
                    Concat _,
                    Convolution _,
                    CumulativeSum _,
                    Custom _,
                    Elementwise _,
                    Expand _,
                    MatMul _,
                    Normalization _,
                    Pad _,
                    Pool _,
                    Reduce _,
                    Resize _,
                    Softmax _,
                    TopK _,
                    Transpose _,
                    TransposedConvolution _ -> written + bytes(inputs);
        };
    }

    private static long bytes(List<Tensor> tensors) {
        return tensors.stream().mapToLong(tensor -> tensor.type().bytes()).sum();
    }
}
