package dev.infermark.graph;

/**
 * Arithmetic of an operator.
 *
 * @param flops floating-point operations of matrix products and convolutions, two per multiply-accumulate; what papers
 *     call the FLOPs of a network
 * @param elementOperations elementary operations on single elements, such as one addition of a residual
 */
public record Work(long flops, long elementOperations) {
    /** No arithmetic: the operator only moves or renames data. */
    public static final Work NONE = new Work(0, 0);

    /** The work of both together. */
    public Work plus(Work other) {
        return new Work(
                Math.addExact(flops, other.flops), Math.addExact(elementOperations, other.elementOperations));
    }
}
