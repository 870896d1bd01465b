package dev.infermark.jmh;

import dev.infermark.base.UserError;
import java.util.Locale;
import java.util.Optional;

/** Which way a benchmark's value gets better. */
public enum Direction {
    /** Times, sizes: less is better. */
    LOWER,
    /** Rates: more is better. */
    HIGHER;

    /** The direction of a JMH result; the unit decides where it names operations per time or time per operation. */
    public static Direction of(String mode, String unit) {
        if (unit.startsWith("ops/")) {
            return HIGHER;
        }
        if (unit.endsWith("/op")) {
            return LOWER;
        }
        return mode.equals("thrpt") ? HIGHER : LOWER;
    }

    /** The direction of a unit that says it by itself: operations per time, time per operation, or a time. */
    public static Optional<Direction> ofUnit(String unit) {
        if (unit.startsWith("ops/")) {
            return Optional.of(HIGHER);
        }
        return unit.endsWith("/op") || TimeUnits.isTime(unit) ? Optional.of(LOWER) : Optional.empty();
    }

    /** Reads {@code lower} or {@code higher}; {@code place} says where it was written. */
    public static Direction read(String text, String place) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "lower", "" -> LOWER;
            case "higher" -> HIGHER;
            default -> throw new UserError(place + ": direction is '" + text + "'; write lower or higher (is better)");
        };
    }

    /** The word in files: {@code lower} or {@code higher}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a relative change of this sign makes the benchmark worse. */
    public boolean isWorse(double change) {
        return this == LOWER ? change > 0 : change < 0;
    }
}
