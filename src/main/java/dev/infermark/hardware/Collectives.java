package dev.infermark.hardware;

/**
 * Communication among cores by the chip's own collective cores.
 *
 * @param cores collective cores of a chip
 * @param latencyFloor shortest all-reduce
 * @param laterLatencyFloor shortest all-gather in the newest published series
 * @param algorithmRate bytes of the tensor over time, for large all-reduces of two ranks
 * @param meshRate bytes per second of all cores together when each reads from every other, without a barrier
 * @param overlap exponent p of (start^p + moving^p)^(1/p), which joins the start of an exchange and moving its data: 1
 *     is their sum
 * @param pairRate bytes per second from one core to another
 * @param hopLatency from one core to the next, without the trigger of its DMA engines
 * @param packet size after which the shared DMA engines take other work
 */
public record Collectives(
        Figure cores,
        Figure latencyFloor,
        Figure laterLatencyFloor,
        Figure algorithmRate,
        Figure meshRate,
        Figure overlap,
        Figure pairRate,
        Figure hopLatency,
        Figure packet) {

    /** Checks every unit. */
    public Collectives {
        cores.requirePositive("cores", Dimension.COUNT);
        latencyFloor.require("latencyFloor", Dimension.TIME);
        laterLatencyFloor.require("laterLatencyFloor", Dimension.TIME);
        algorithmRate.requirePositive("algorithmRate", Dimension.BYTES_PER_SECOND);
        meshRate.requirePositive("meshRate", Dimension.BYTES_PER_SECOND);
        overlap.requirePositive("overlap", Dimension.RATIO);
        pairRate.requirePositive("pairRate", Dimension.BYTES_PER_SECOND);
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

    /** Bytes per second of all cores together when each reads from every other. */
    public double meshBytesPerSecond() {
        return meshRate.base();
    }

    /** Bytes per second from one core to another. */
    public double pairBytesPerSecond() {
        return pairRate.base();
    }

    /** Seconds in which an exchange starts and moves its data. */
    public double overlapped(double start, double moving) {
        double p = overlap.base();
        return Math.pow(Math.pow(start, p) + Math.pow(moving, p), 1 / p);
    }

    /** Seconds from one core to the next. */
    public double hopLatencySeconds() {
        return hopLatency.base();
    }
}
