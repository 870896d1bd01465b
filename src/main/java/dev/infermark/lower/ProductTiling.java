package dev.infermark.lower;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.numerics.DataType;

/**
 * Cuts products into tiles of the systolic array.
 *
 * <p>Of a product [m, k] by [k, n] either operand can be stationary: ⌈k/rows⌉·⌈n/columns⌉ tiles through which m columns
 * move, or ⌈k/rows⌉·⌈m/columns⌉ tiles through which n columns move. The one with fewer cycles is taken; its result
 * lies with the stationary dimension across the partitions.
 */
final class ProductTiling {
    private final NeuronCore core;
    private final DataType type;

    ProductTiling(NeuronCore core, DataType type) {
        this.core = core;
        this.type = type;
    }

    /**
     * Equal products.
     *
     * @param count products whose results are kept apart
     * @param steps products that add up in PSUM to each of them, such as the taps of a convolution
     * @param m rows of the left operand
     * @param k inner dimension of each step
     * @param n columns of the right operand
     */
    record Products(long count, long steps, long m, long k, long n) {}

    /** The array's work on these products. */
    Matmuls matmuls(String node, Products products) {
        Matmuls movingM = moving(node, products, products.n(), products.m());
        Matmuls movingN = moving(node, products, products.m(), products.n());
        return movingM.cycles(core) <= movingN.cycles(core) ? movingM : movingN;
    }

    /** How the results lie in PSUM: the way that takes fewer columns to move out. */
    Spread results(Products products) {
        int partitions = core.psum().partitionCount();
        long count = products.count();
        Spread acrossN = Spread.ofMatrices(count, products.n(), products.m(), partitions);
        Spread acrossM = Spread.ofMatrices(count, products.m(), products.n(), partitions);
        return columns(acrossN) <= columns(acrossM) ? acrossN : acrossM;
    }

    private Matmuls moving(String node, Products all, long stationary, long moving) {
        long depth = Math.ceilDiv(all.k(), core.tensor().rowCount());
        long tiles = Math.ceilDiv(stationary, core.tensor().columnCount());
        long products = Math.multiplyExact(all.count(), all.steps());
        return new Matmuls(node, type, Math.multiplyExact(products, Math.multiplyExact(depth, tiles)), moving);
    }

    private double columns(Spread spread) {
        return spread.tiles() * Math.max(core.timing().minimumIntervalCycles(), (double) spread.columns());
    }
}
