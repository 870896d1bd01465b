package dev.infermark.graph;

/**
 * Arithmetic of an operator.
 *
 * @param flops floating-point operations of matmuls and convolutions, two per multiply-accumulate; what papers
 *     call the FLOPs of a network
 * @param elementOperations elementary operations on single elements, such as one addition of a residual
 */
public record Work(long flops, long elementOperations) {
    /** No arithmetic: the operator only moves or renames data. */
    public static final Work NONE = new Work(0, 0);

    /** This many elementary operations on each element of a tensor. */
    static Work perElement(long operations, Shape shape) {
        return new Work(0, Math.multiplyExact(operations, shape.elements()));
    }

    /** This work several times. */
    Work times(long count) {
        return new Work(Math.multiplyExact(flops, count), Math.multiplyExact(elementOperations, count));
    }

    /** The work of both together. */
    public Work plus(Work other) {
        return new Work(
                Math.addExact(flops, other.flops), Math.addExact(elementOperations, other.elementOperations));
    }
}
