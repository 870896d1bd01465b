package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;

/**
 * What an operator asks of the GPSIMD engine, all eight processors together.
 *
 * @param type the type that the lanes compute in, which says how many elements a vector holds
 * @param elementOperations vector instructions times the elements that each handles: a pass over n elements that
 *     takes three instructions counts 3·n
 * @param bytesRead read from tensors in device memory
 * @param bytesWritten written to tensors in device memory
 */
public record OperatorCost(DataType type, long elementOperations, long bytesRead, long bytesWritten) {
    /** Refuses negative counts. */
    public OperatorCost {
        if (elementOperations < 0 || bytesRead < 0 || bytesWritten < 0) {
            throw new IllegalArgumentException("cost below zero: " + elementOperations + " element operations, "
                    + bytesRead + " bytes read, " + bytesWritten + " bytes written");
        }
    }

    /** One instruction for each element of a tensor that is read and written. */
    public static OperatorCost elementwise(TensorSpec tensor) {
        return new OperatorCost(tensor.type(), tensor.elements(), tensor.bytes(), tensor.bytes());
    }
}
