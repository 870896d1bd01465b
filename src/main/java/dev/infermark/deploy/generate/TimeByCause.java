package dev.infermark.deploy.generate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Seconds by cause, which sum to the whole.
 *
 * @param seconds of each cause
 */
public record TimeByCause(Map<Cause, Double> seconds) {

    /** Copies the map; a cause that is not in it takes no time. */
    public TimeByCause {
        Map<Cause, Double> all = new EnumMap<>(Cause.class);
        for (Cause cause : Cause.values()) {
            all.put(cause, seconds.getOrDefault(cause, 0.0));
        }
        seconds = Collections.unmodifiableMap(all);
    }

    /** All causes together, in seconds. */
    public double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Seconds of one cause. */
    public double of(Cause cause) {
        return seconds.getOrDefault(cause, 0.0);
    }

    /** The cause of most of the time. */
    public Cause largest() {
        return Collections.max(seconds.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    /** Every cause so many times. */
    TimeByCause times(double factor) {
        Map<Cause, Double> all = new EnumMap<>(Cause.class);
        seconds.forEach((cause, value) -> all.put(cause, factor * value));
        return new TimeByCause(all);
    }

    /** Cause by cause. */
    TimeByCause plus(TimeByCause other) {
        Map<Cause, Double> all = new EnumMap<>(Cause.class);
        seconds.forEach((cause, value) -> all.put(cause, value + other.of(cause)));
        return new TimeByCause(all);
    }
}
