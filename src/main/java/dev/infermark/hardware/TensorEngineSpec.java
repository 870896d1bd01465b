package dev.infermark.hardware;

import dev.infermark.numerics.DataType;
import java.util.Map;

/**
 * The systolic array that multiplies matrices.
 *
 * <p>A matmul loads a stationary tile of {@code rows} (contraction) by {@code columns}, then moves up to
 * {@code maxMoving} columns through it, one a cycle.
 *
 * @param name for messages
 * @param clock clock of the array
 * @param rows longest contraction of one tile
 * @param columns widest stationary tile, which is also how many partitions of PSUM a result covers
 * @param maxMoving most moving columns of one instruction
 * @param loadColumns stationary columns loaded per cycle
 * @param loadLatency from issue to end of loading one stationary column
 * @param multiplyLatency from issue to end of moving one column through a full tile
 * @param timeFactors supported operand types with the time they take relative to the full rate
 */
public record TensorEngineSpec(
        String name,
        Figure clock,
        Figure rows,
        Figure columns,
        Figure maxMoving,
        Figure loadColumns,
        Figure loadLatency,
        Figure multiplyLatency,
        Map<DataType, Figure> timeFactors) {

    /** Checks every unit. */
    public TensorEngineSpec {
        clock.requirePositive("clock", Dimension.FREQUENCY);
        rows.requirePositive("rows", Dimension.COUNT);
        columns.requirePositive("columns", Dimension.COUNT);
        maxMoving.requirePositive("maxMoving", Dimension.COUNT);
        loadColumns.requirePositive("loadColumns", Dimension.ELEMENTS_PER_CYCLE);
        loadLatency.require("loadLatency", Dimension.TIME);
        multiplyLatency.require("multiplyLatency", Dimension.TIME);
        timeFactors = Support.copy("timeFactors", timeFactors, Dimension.RATIO);
    }

    /** Clock in Hz. */
    public double clockHz() {
        return clock.base();
    }

    /** Longest contraction of one tile. */
    public int rowCount() {
        return (int) rows.whole();
    }

    /** Widest stationary tile. */
    public int columnCount() {
        return (int) columns.whole();
    }

    /** Most moving columns of one instruction. */
    public int maxMovingColumns() {
        return (int) maxMoving.whole();
    }

    /** Whether the array multiplies operands of this type. */
    public boolean supports(DataType type) {
        return timeFactors.containsKey(type);
    }

    /** Time for operands of this type relative to the full rate (1 for BF16); refuses a type the array lacks. */
    public double timeFactor(DataType type) {
        return Support.get(name, timeFactors, type);
    }

    /** Peak operations per second for operands of this type: 2 · rows · columns · clock / time factor. */
    public double peakOperationsPerSecond(DataType type) {
        return 2 * rows.base() * columns.base() * clockHz() / timeFactor(type);
    }
}
