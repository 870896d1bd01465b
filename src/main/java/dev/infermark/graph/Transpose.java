package dev.infermark.graph;

import java.util.List;

/** Reordering of the axes: axis i of the output is axis {@code permutation[i]} of the input. */
public record Transpose(List<Integer> permutation) implements Operator {

    /** Refuses what is no permutation. */
    public Transpose {
        permutation = List.copyOf(permutation);
        for (int i = 0; i < permutation.size(); i++) {
            if (!permutation.contains(i)) {
                throw new IllegalArgumentException("not a permutation of axes: " + permutation);
            }
        }
    }

    /** A reordering of these axes. */
    public static Transpose of(Integer... permutation) {
        return new Transpose(List.of(permutation));
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape shape = inputs.getFirst().shape();
        if (shape.rank() != permutation.size()) {
            throw new IllegalArgumentException("permutation " + permutation + " of shape " + shape);
        }
        long[] dimensions = new long[shape.rank()];
        for (int i = 0; i < dimensions.length; i++) {
            dimensions[i] = shape.dimension(permutation.get(i));
        }
        return List.of(inputs.getFirst().withShape(Shape.of(dimensions)));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }
}
