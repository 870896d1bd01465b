package dev.infermark.lower;

import dev.infermark.graph.TensorType;
import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.numerics.DataType;

/** Like instructions of one engine that together do the work of one node. */
public sealed interface InstructionGroup {

    /** The node of the graph that the instructions serve. */
    String node();

    /**
     * Matrix multiplications on the Tensor engine: each stationary tile has the moving columns stream through it.
     *
     * @param node the node served
     * @param type element type of the operands
     * @param stationaryTiles how many tiles are loaded
     * @param movingColumns columns that stream through each tile
     */
    record Matmuls(String node, DataType type, long stationaryTiles, long movingColumns) implements InstructionGroup {

        /**
         * Cycles of the array: a tile's moving columns go in instructions of at most {@code maxMoving} columns, each of
         * which takes one cycle a column but no fewer than the minimum interval, times the factor of the type.
         */
        public double cycles(NeuronCore core) {
            int most = core.tensor().maxMovingColumns();
            long rest = movingColumns % most;
            double last = rest == 0 ? 0 : Math.max(core.timing().minimumIntervalCycles(), (double) rest);
            return stationaryTiles * (movingColumns - rest + last) * core.tensor().timeFactor(type);
        }
    }

    /**
     * Passes of the Vector or the Scalar engine over tensors spread across the partitions.
     *
     * @param node the node served
     * @param engine which of the two
     * @param instruction which instruction
     * @param type element type of the operands
     * @param elements elements of all partitions together
     * @param passes how often all elements are passed over
     */
    record Passes(String node, Lane engine, Instruction instruction, DataType type, long elements, long passes)
            implements InstructionGroup {}

    /** The engines that work with one lane per partition. */
    enum Lane {
        /** The Vector engine. */
        VECTOR,
        /** The Scalar engine. */
        SCALAR
    }

    /**
     * A custom operator on the GPSIMD engine.
     *
     * @param node the node served
     * @param operand the tensor it writes
     */
    record Gpsimd(String node, TensorType operand) implements InstructionGroup {}

    /**
     * Data moved by the DMA engines between device memory and SBUF.
     *
     * @param node the node served
     * @param purpose why the data moves
     * @param bytes all data
     * @param rowBytes contiguous bytes of one row; short rows move less efficiently
     */
    record Transfer(String node, Purpose purpose, long bytes, long rowBytes) implements InstructionGroup {}

    /** Why data moves. */
    enum Purpose {
        /** Weights that the node needs, known before the network runs, so that they can be fetched ahead. */
        WEIGHTS,
        /** Rows of a table chosen by the input. */
        GATHER,
        /** Activations written to device memory because they do not fit on chip, and read back. */
        SPILL
    }
}
