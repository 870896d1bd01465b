package dev.infermark.lower;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.numerics.DataType;

/** Like instructions of one engine that together do the work of one node; in files its kind tells which of these. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InstructionGroup.Matmuls.class, name = "matmuls"),
    @JsonSubTypes.Type(value = InstructionGroup.Passes.class, name = "passes"),
    @JsonSubTypes.Type(value = InstructionGroup.Gpsimd.class, name = "gpsimd"),
    @JsonSubTypes.Type(value = InstructionGroup.Transfer.class, name = "transfer")
})
public sealed interface InstructionGroup {

    /** The node of the graph that the instructions serve. */
    String node();

    /** These instructions several times. */
    default InstructionGroup times(long count) {
        if (count == 1) {
            return this;
        }
        return switch (this) {
            case Matmuls(String node, DataType type, long tiles, long columns) ->
                    new Matmuls(node, type, Math.multiplyExact(tiles, count), columns);
            case Passes(
                            String node,
                            Task task,
                            Lane engine,
                            Instruction instruction,
                            DataType type,
                            Spread spread,
                            long passes) ->
                    new Passes(node, task, engine, instruction, type, spread, Math.multiplyExact(passes, count));
            case Gpsimd(String node, OperatorCost cost, long runs) ->
                    new Gpsimd(node, cost, Math.multiplyExact(runs, count));
            case Transfer(String node, Purpose purpose, long bytes, long rowBytes) ->
                    new Transfer(node, purpose, Math.multiplyExact(bytes, count), rowBytes);
        };
    }

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
     * Passes of the Vector or the Scalar engine over a tensor spread across the partitions.
     *
     * @param node the node served
     * @param task what the passes are for
     * @param engine which of the two engines
     * @param instruction which instruction
     * @param type element type of the operands
     * @param spread how the tensor lies on the partitions
     * @param passes how often it is passed over
     */
    record Passes(
            String node,
            Task task,
            Lane engine,
            Instruction instruction,
            DataType type,
            Spread spread,
            long passes)
            implements InstructionGroup {}

    /** The engines that work with one lane per partition. */
    enum Lane {
        /** The Vector engine. */
        VECTOR,
        /** The Scalar engine. */
        SCALAR
    }

    /** What passes are for. */
    enum Task {
        /** Moving matmuls out of PSUM, with what is fused into that. */
        EVACUATION,
        /** Softmax. */
        SOFTMAX,
        /** Layer, group or root-mean-square normalisation. */
        NORMALIZATION,
        /** Everything that goes element by element. */
        ELEMENTWISE,
        /** Pooling and reductions. */
        REDUCTION
    }

    /**
     * A custom operator on the GPSIMD engine.
     *
     * @param node the node served
     * @param cost what the operator asks of the engine each time
     * @param runs how often it runs
     */
    record Gpsimd(String node, OperatorCost cost, long runs) implements InstructionGroup {

        /** One run. */
        public Gpsimd(String node, OperatorCost cost) {
            this(node, cost, 1);
        }
    }

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
        /** Weights that an earlier node of the run has fetched already. */
        SHARED_WEIGHTS,
        /** Rows of a table chosen by the input. */
        GATHER,
        /** Activations written to device memory and read back, while the other engines wait. */
        SPILL,
        /** Scores of attention that early compilers moved out of SBUF and back once more. */
        SCORES,
        /** Results of convolutions written in another layout; compilers have learned to avoid it. */
        RELAYOUT
    }
}
