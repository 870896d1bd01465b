package dev.infermark.graph;

/** A named tensor of a graph; names are unique within it. */
public record Tensor(String name, TensorType type, TensorRole role) {

    /** The shape of the tensor. */
    public Shape shape() {
        return type.shape();
    }
}
