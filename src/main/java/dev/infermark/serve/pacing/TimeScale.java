package dev.infermark.serve.pacing;

import dev.infermark.base.UserError;

/**
 * How the time of a modelled device runs on the host's clock.
 *
 * @param originNanos the host's instant at which the device's time is 0
 * @param factor seconds of the device that pass in a second of the host
 */
public record TimeScale(long originNanos, double factor) {
    private static final double NANOS = 1e9;

    /** Refuses a factor that is no positive number. */
    public TimeScale {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new UserError("a time scale of " + factor + " stops the clock; give one above 0, such as 1 or 10");
        }
    }

    /** The device's time, in seconds, at an instant of the host. */
    public double seconds(long nanos) {
        return (nanos - originNanos) / NANOS * factor;
    }

    /** The host's instant at a time of the device. */
    public long nanos(double seconds) {
        return originNanos + Math.round(seconds / factor * NANOS);
    }
}
