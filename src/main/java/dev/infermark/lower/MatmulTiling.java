package dev.infermark.lower;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.numerics.DataType;

/**
 * Cuts matmuls into tiles of the systolic array.
 *
 * <p>Of a matmul [m, k] by [k, n] either operand can be stationary: ⌈k/rows⌉·⌈n/columns⌉ tiles through which m columns
 * move, or ⌈k/rows⌉·⌈m/columns⌉ tiles through which n columns move. The one with fewer cycles is taken; its result
 * lies with the stationary dimension across the partitions.
 */
final class MatmulTiling {
    private final NeuronCore core;
    private final DataType type;

    MatmulTiling(NeuronCore core, DataType type) {
        this.core = core;
        this.type = type;
    }

    /**
     * Equal matmuls.
     *
     * @param count matmuls whose results are kept apart
     * @param steps matmuls that add up in PSUM to each of them, such as the taps of a convolution
     * @param m rows of the left operand
     * @param k inner dimension of each step
     * @param n columns of the right operand
     */
    record EqualMatmuls(long count, long steps, long m, long k, long n) {}

    /** The array's work on these matmuls. */
    Matmuls matmuls(String node, EqualMatmuls equal) {
        Matmuls movingM = moving(node, equal, equal.n(), equal.m());
        Matmuls movingN = moving(node, equal, equal.m(), equal.n());
        return movingM.cycles(core) <= movingN.cycles(core) ? movingM : movingN;
    }

    /** How the results lie in PSUM: the way that takes fewer columns to move out. */
    Spread results(EqualMatmuls equal) {
        int partitions = core.psum().partitionCount();
        long count = equal.count();
        Spread acrossN = Spread.ofMatrices(count, equal.n(), equal.m(), partitions);
        Spread acrossM = Spread.ofMatrices(count, equal.m(), equal.n(), partitions);
        return columns(acrossN) <= columns(acrossM) ? acrossN : acrossM;
    }

    private Matmuls moving(String node, EqualMatmuls all, long stationary, long moving) {
        long depth = Math.ceilDiv(all.k(), core.tensor().rowCount());
        long tiles = Math.ceilDiv(stationary, core.tensor().columnCount());
        long number = Math.multiplyExact(all.count(), all.steps());
        return new Matmuls(node, type, Math.multiplyExact(number, Math.multiplyExact(depth, tiles)), moving);
    }

    private double columns(Spread spread) {
        return spread.tiles() * Math.max(core.timing().minimumIntervalCycles(), (double) spread.columns());
    }
}
