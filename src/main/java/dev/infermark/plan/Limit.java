package dev.infermark.plan;

import dev.infermark.base.UserError;
import java.util.Locale;

/**
 * A time that a deployment must not exceed.
 *
 * @param measure which time
 * @param seconds the most that it may be
 */
public record Limit(Measure measure, double seconds) {

    /** Refuses limits that are no time. */
    public Limit {
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new UserError("the target " + measure.label() + " is " + seconds + " s; give a time above 0");
        }
    }

    /** How many times the limit a deployment takes: 1 or less where it meets it. */
    public double excess(Speed speed) {
        return measure.of(speed)
                        .orElseThrow(() -> new UserError(measure == Measure.LATENCY_P99
                                ? "--latency-p99 is for networks that run once per call; text generation has --goodput"
                                : "--goodput is for text generation; give --input-length and --output-length too"))
                / seconds;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s of %.4g ms", measure.label(), 1e3 * seconds);
    }
}
