package dev.infermark.graph;

import dev.infermark.numerics.DataType;

/** The element type and shape of a tensor. */
public record TensorType(DataType type, Shape shape) {

    /** Size when stored densely, in bytes. */
    public long bytes() {
        return Math.multiplyExact(shape.elements(), type.bytes());
    }

    /** The same element type with another shape. */
    public TensorType withShape(Shape other) {
        return new TensorType(type, other);
    }

    @Override
    public String toString() {
        return type.label() + "[" + shape + "]";
    }
}
