package dev.infermark.lower;

import dev.infermark.graph.Shape;

/**
 * How a tensor lies on the partitions of the on-chip memory.
 *
 * @param tiles how often all partitions are filled
 * @param columns elements of one partition in one tile
 */
public record Spread(long tiles, long columns) {

    /** Channels across the partitions, batch and positions along them, for [batch, channels, spatial...]. */
    static Spread ofImage(Shape shape, int partitions) {
        long channels = shape.dimension(1);
        return new Spread(Math.ceilDiv(channels, partitions), shape.elements() / Math.max(1, channels));
    }

    /** The innermost dimension along the partitions, everything else across them. */
    static Spread ofRows(Shape shape, int partitions) {
        long columns = shape.rank() == 0 ? 1 : shape.dimension(-1);
        return new Spread(Math.ceilDiv(shape.elements() / Math.max(1, columns), partitions), columns);
    }

    /** A stack of matrices [rows, columns], each with its rows across the partitions. */
    static Spread ofMatrices(long count, long rows, long columns, int partitions) {
        return new Spread(Math.multiplyExact(count, Math.ceilDiv(rows, partitions)), columns);
    }
}
