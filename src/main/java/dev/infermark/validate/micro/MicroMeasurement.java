package dev.infermark.validate.micro;

import dev.infermark.hardware.Unit;

/**
 * A published timing of one kernel or instruction.
 *
 * @param name what ran
 * @param value the time as published
 * @param unit unit of the value
 * @param source where it was published
 * @param method how it was made
 * @param kernel what it did
 */
public record MicroMeasurement(
        String name, double value, Unit unit, String source, String method, MicroKernel kernel) {

    /** The published time in seconds. */
    public double seconds() {
        return value * unit.factor();
    }
}
