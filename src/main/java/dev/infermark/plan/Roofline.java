package dev.infermark.plan;

import dev.infermark.deploy.MemoryUse;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.hardware.Chip;

/**
 * Where a call on one core stands below the limits of that core.
 *
 * @param flops floating-point operations of matmuls and convolutions in a call
 * @param bytes weights, inputs and outputs, each moved once
 * @param seconds of the core
 * @param peakFlops documented operations per second in the type of the matmuls
 * @param peakBytes documented bytes per second of the device memory, or of the core's DMA engines if they are slower;
 *     cores that share the memory do not all stream at the same time
 */
public record Roofline(double flops, double bytes, double seconds, double peakFlops, double peakBytes) {

    /** The place of a prediction. */
    public static Roofline of(Network network, Prediction prediction) {
        Chip chip = prediction.deployment().instance().chip();
        MemoryUse memory = prediction.memory();
        return new Roofline(
                network.facts().flops(),
                memory.core().constants() + memory.core().tensors(),
                prediction.estimate().seconds(),
                chip.core().tensor().peakOperationsPerSecond(prediction.precision().matmul()),
                chip.memory().bytesPerSecond());
    }

    /** Operations per byte. */
    public double intensity() {
        return flops / bytes;
    }

    /** Operations per byte at which both limits meet. */
    public double ridge() {
        return peakFlops / peakBytes;
    }

    /** Seconds that the tighter of both limits allows at best. */
    public double leastSeconds() {
        return Math.max(flops / peakFlops, bytes / peakBytes);
    }

    /** Model FLOPs utilisation: operations per second over the peak. */
    public double mfu() {
        return flops / seconds / peakFlops;
    }

    /** Memory bandwidth utilisation: bytes per second over the peak. */
    public double mbu() {
        return bytes / seconds / peakBytes;
    }
}
