package dev.infermark.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * One use of an operator.
 *
 * @param name unique within the graph
 * @param layer the part of the network it belongs to, such as {@code encoder.layer.3}, as people name it
 * @param operator what is computed
 * @param inputs tensors read, in the operator's order
 * @param outputs tensors written, in the operator's order
 * @param repetitions how often it runs in one inference; more than once in the middle trips of a long loop, which are
 *     written down once
 */
public record Node(
        String name, String layer, Operator operator, List<Tensor> inputs, List<Tensor> outputs, long repetitions) {

    /** Copies the lists and refuses a node that never runs. */
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        if (repetitions < 1) {
            throw new IllegalArgumentException("node " + name + " runs " + repetitions + " times");
        }
    }

    /** A node that runs once. */
    public Node(String name, String layer, Operator operator, List<Tensor> inputs, List<Tensor> outputs) {
        this(name, layer, operator, inputs, outputs, 1);
    }

    /**
     * This node with another operator and other inputs; its outputs keep their names and get the types that follow.
     *
     * @throws IllegalArgumentException when the inputs do not fit the operator, naming the node
     */
    public Node with(Operator other, List<Tensor> others) {
        List<TensorType> types;
        try {
            types = other.infer(others.stream().map(Tensor::type).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("node " + name + ": " + e.getMessage(), e);
        }
        if (types.size() != outputs.size()) {
            throw new IllegalArgumentException("node " + name + ": " + types.size() + " outputs instead of "
                    + outputs.size());
        }
        List<Tensor> written = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            written.add(new Tensor(outputs.get(i).name(), types.get(i), outputs.get(i).role()));
        }
        return new Node(name, layer, other, others, written, repetitions);
    }

    /** This node in another layer. */
    public Node inLayer(String other) {
        return new Node(name, other, operator, inputs, outputs, repetitions);
    }

    /** The types of the inputs. */
    public List<TensorType> inputTypes() {
        return types(inputs);
    }

    /** The types of the outputs. */
    public List<TensorType> outputTypes() {
        return types(outputs);
    }

    static List<TensorType> types(List<Tensor> tensors) {
        TensorType[] types = new TensorType[tensors.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = tensors.get(i).type();
        }
        return List.of(types);
    }

    /** The first output, which for most operators is the only one. */
    public Tensor output() {
        return outputs.getFirst();
    }

    /** Arithmetic of this node, all its repetitions together. */
    public Work work() {
        return operator.work(inputTypes(), outputTypes()).times(repetitions);
    }

    /**
     * Bytes read and written by one repetition, each tensor once, in the types of the graph; a reshape moves nothing,
     * and lookups and slices read only what they return.
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
