package dev.infermark.lower;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.numerics.DataType;

/**
 * Cuts products into tiles of the systolic array.
 *
 * <p>Of a product [m, k] by [k, n] either operand can be stationary: ⌈k/rows⌉·⌈n/columns⌉ tiles through which m columns
 * move, or ⌈k/rows⌉·⌈m/columns⌉ tiles through which n columns move. The one with fewer cycles is taken.
 */
final class ProductTiling {
    private final NeuronCore core;
    private final DataType type;

    ProductTiling(NeuronCore core, DataType type) {
        this.core = core;
        this.type = type;
    }

    /** As many equal products, whether of a stack or of the taps of a convolution that add up in PSUM. */
    Matmuls products(String node, long count, long m, long k, long n) {
        long depth = Math.ceilDiv(k, core.tensor().rowCount());
        int columns = core.tensor().columnCount();
        Matmuls movingM = new Matmuls(node, type, count * depth * Math.ceilDiv(n, columns), m);
        Matmuls movingN = new Matmuls(node, type, count * depth * Math.ceilDiv(m, columns), n);
        return movingM.cycles(core) <= movingN.cycles(core) ? movingM : movingN;
    }
}
