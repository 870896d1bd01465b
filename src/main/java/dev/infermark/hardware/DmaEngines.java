package dev.infermark.hardware;

import java.util.Optional;

/**
 * The DMA engines of one core, which move data between device memory and SBUF row by row.
 *
 * @param engines how many serve a core
 * @param sustainedRate what one engine sustains with long rows
 * @param sharedRate what one engine sustains when it reads data again, where that differs
 * @param minimumRow a shorter row costs as much as one of this size
 * @param rowHeader what a longer row costs beside its bytes
 * @param triggerLatency from the trigger to the start of the transfer
 * @param queues queues of one engine
 * @param packet size after which another queue gets its turn
 */
public record DmaEngines(
        Figure engines,
        Figure sustainedRate,
        Optional<Figure> sharedRate,
        Figure minimumRow,
        Figure rowHeader,
        Figure triggerLatency,
        Figure queues,
        Figure packet) {

    /** Checks every unit. */
    public DmaEngines {
        engines.requirePositive("engines", Dimension.COUNT);
        sustainedRate.requirePositive("sustainedRate", Dimension.BYTES_PER_SECOND);
        sharedRate.ifPresent(rate -> rate.requirePositive("sharedRate", Dimension.BYTES_PER_SECOND));
        minimumRow.require("minimumRow", Dimension.BYTES);
        rowHeader.require("rowHeader", Dimension.BYTES);
        triggerLatency.require("triggerLatency", Dimension.TIME);
        queues.requirePositive("queues", Dimension.COUNT);
        packet.requirePositive("packet", Dimension.BYTES);
    }

    /** How many engines serve a core. */
    public int engineCount() {
        return (int) engines.whole();
    }

    /** What all engines of a core sustain together with long rows, in bytes per second. */
    public double bytesPerSecond() {
        return engines.base() * sustainedRate.base();
    }

    /** What all engines of a core sustain together when they read data again, in bytes per second. */
    public double sharedBytesPerSecond() {
        return engines.base() * sharedRate.orElse(sustainedRate).base();
    }

    /** The bytes that a row of {@code bytes} costs: {@code max(minimumRow, bytes + rowHeader)}. */
    public double rowCostBytes(double bytes) {
        return Math.max(minimumRow.base(), bytes + rowHeader.base());
    }

    /** Seconds from the trigger to the start of the transfer. */
    public double triggerLatencySeconds() {
        return triggerLatency.base();
    }
}
