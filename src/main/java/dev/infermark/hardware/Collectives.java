package dev.infermark.hardware;

/**
 * Communication among cores by the chip's own collective cores.
 *
 * @param cores collective cores of a chip
 * @param latencyFloor shortest all-reduce
 * @param laterLatencyFloor shortest all-gather in the newest published series
 * @param algorithmRate bytes of the tensor over time, for large all-reduces of two ranks
 * @param hopLatency of one step of a ring
 * @param packet size after which the shared DMA engines take other work
 */
public record Collectives(
        Figure cores,
        Figure latencyFloor,
        Figure laterLatencyFloor,
        Figure algorithmRate,
        Figure hopLatency,
        Figure packet) {

    /** Checks every unit. */
    public Collectives {
        cores.requirePositive("cores", Dimension.COUNT);
        latencyFloor.require("latencyFloor", Dimension.TIME);
        laterLatencyFloor.require("laterLatencyFloor", Dimension.TIME);
        algorithmRate.requirePositive("algorithmRate", Dimension.BYTES_PER_SECOND);
        hopLatency.require("hopLatency", Dimension.TIME);
        packet.requirePositive("packet", Dimension.BYTES);
    }

    /** Seconds of the shortest all-reduce. */
    public double latencyFloorSeconds() {
        return latencyFloor.base();
    }

    /** Bytes of the tensor per second, for large all-reduces. */
    public double algorithmBytesPerSecond() {
        return algorithmRate.base();
    }

    /** Seconds of one step of a ring. */
    public double hopLatencySeconds() {
        return hopLatency.base();
    }
}
