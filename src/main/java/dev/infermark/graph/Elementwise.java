package dev.infermark.graph;

import dev.infermark.numerics.DataType;
import java.util.List;

/**
 * Combination of two or more tensors element by element; shapes broadcast.
 *
 * <p>Inputs: two or more tensors (three for {@link Kind#SELECT}: condition, then, otherwise). Output: the broadcast
 * shape in the element type of the last input, or {@link DataType#BOOL} for comparisons.
 */
public record Elementwise(Kind kind) implements Operator {

    /** What is done with the elements. */
    public enum Kind {
        /** Sum. */
        ADD,
        /** Difference. */
        SUBTRACT,
        /** Product. */
        MULTIPLY,
        /** Quotient. */
        DIVIDE,
        /** Power. */
        POWER,
        /** Larger one. */
        MAXIMUM,
        /** Smaller one. */
        MINIMUM,
        /** Remainder. */
        MODULO,
        /** Truth value of a comparison. */
        COMPARE,
        /** Combination of truth values or bits. */
        LOGICAL,
        /** One of two values, by a condition. */
        SELECT
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        if (inputs.size() < (kind == Kind.SELECT ? 3 : 2)) {
            throw new IllegalArgumentException(kind + " of " + inputs.size() + " tensors");
        }
        Shape shape = inputs.getFirst().shape();
        for (TensorType input : inputs.subList(1, inputs.size())) {
            shape = shape.broadcast(input.shape());
        }
        DataType type = kind == Kind.COMPARE ? DataType.BOOL : inputs.getLast().type();
        return List.of(new TensorType(type, shape));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.perElement(inputs.size() - 1, outputs.getFirst().shape());
    }

    @Override
    public String mnemonic() {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
