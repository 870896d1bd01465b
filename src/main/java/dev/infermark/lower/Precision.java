package dev.infermark.lower;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.numerics.DataType;

/**
 * The element types that a compiled network computes in.
 *
 * @param matmul operands of matmuls and convolutions, and so how their weights are stored
 * @param elementwise operands of all other operators, and so how activations are stored on chip
 */
public record Precision(DataType matmul, DataType elementwise) {

    /** What the core's compiler makes of a checkpoint unless told otherwise. */
    public static Precision compilerDefault(DataType checkpoint, NeuronCore core) {
        return of(checkpoint, Compiler.of(core.generation()).defaultAutoCast(), DataType.BF16);
    }

    /** What the compiler makes of a checkpoint: FP32 is cast as told, any other type is kept as it is. */
    public static Precision of(DataType checkpoint, AutoCast autoCast, DataType castTo) {
        if (checkpoint != DataType.FP32) {
            return new Precision(checkpoint, checkpoint);
        }
        return switch (autoCast) {
            case MATMULT -> new Precision(castTo, DataType.FP32);
            case ALL -> new Precision(castTo, castTo);
            case NONE -> new Precision(DataType.FP32, DataType.FP32);
        };
    }
}
