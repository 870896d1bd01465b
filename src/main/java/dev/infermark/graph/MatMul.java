package dev.infermark.graph;

import java.util.List;

/**
 * Matmul of two matrices, or of two stacks of matrices whose leading dimensions broadcast.
 *
 * <p>Inputs: a [..., m, k] and b [..., k, n], each with its last two dimensions swapped where transposed. Output:
 * [..., m, n] in the element type of a.
 *
 * @param left how a is stored
 * @param right how b is stored
 */
public record MatMul(Operand left, Operand right) implements Operator {

    /** How an operand is stored. */
    public enum Operand {
        /** As the formula has it. */
        PLAIN,
        /** With its last two dimensions swapped. */
        TRANSPOSED
    }

    /** The sizes of a matmul: {@code batch} times [m, k] by [k, n]. */
    public record Sizes(long batch, long m, long k, long n) {}

    /** A matmul of operands stored as the formula has them. */
    public MatMul() {
        this(Operand.PLAIN, Operand.PLAIN);
    }

    /** The sizes of the matmul of these operands. */
    public Sizes sizes(TensorType a, TensorType b) {
        if (a.shape().rank() < 2 || b.shape().rank() < 2) {
            throw new IllegalArgumentException("a matmul needs matrices, got " + a + " by " + b);
        }
        long m = rows(a.shape(), left);
        long k = columns(a.shape(), left);
        long n = columns(b.shape(), right);
        if (k != rows(b.shape(), right)) {
            throw new IllegalArgumentException("inner dimensions differ: " + a + " " + left + " by " + b + " " + right);
        }
        return new Sizes(stack(a, b).elements(), m, k, n);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        TensorType a = inputs.get(0);
        TensorType b = inputs.get(1);
        Sizes sizes = sizes(a, b);
        return List.of(a.withShape(stack(a, b).and(sizes.m(), sizes.n())));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        Sizes sizes = sizes(inputs.get(0), inputs.get(1));
        return new Work(
                Math.multiplyExact(outputs.getFirst().shape().elements(), Math.multiplyExact(2, sizes.k())), 0);
    }

    /** How the matrices are stacked. */
    private static Shape stack(TensorType a, TensorType b) {
        return a.shape().without(2).broadcast(b.shape().without(2));
    }

    private static long rows(Shape shape, Operand operand) {
        return shape.dimension(operand == Operand.PLAIN ? -2 : -1);
    }

    private static long columns(Shape shape, Operand operand) {
        return shape.dimension(operand == Operand.PLAIN ? -1 : -2);
    }
}
