package dev.infermark.jmh;

import java.util.Map;
import java.util.OptionalDouble;

/** Converts JMH's units: times per operation and operations per time. */
public final class TimeUnits {
    private static final String PER_OPERATION = "/op";
    private static final String RATE = "ops/";

    /** Nanoseconds of each unit that JMH writes. */
    private static final Map<String, Double> NANOSECONDS = Map.of(
            "ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9, "day", 86_400e9);

    private TimeUnits() {}

    /** What values in {@code from} are multiplied with to be in {@code to}; empty where the units do not convert. */
    public static OptionalDouble factor(String from, String to) {
        if (from.equals(to)) {
            return OptionalDouble.of(1);
        }
        if (from.endsWith(PER_OPERATION) && to.endsWith(PER_OPERATION)) {
            return ratio(withoutEnd(from), withoutEnd(to));
        }
        if (from.startsWith(RATE) && to.startsWith(RATE)) {
            return ratio(to.substring(RATE.length()), from.substring(RATE.length()));
        }
        return ratio(from, to);
    }

    /** Whether a unit is one of time alone. */
    static boolean isTime(String unit) {
        return NANOSECONDS.containsKey(unit);
    }

    private static OptionalDouble ratio(String above, String below) {
        Double a = NANOSECONDS.get(above);
        Double b = NANOSECONDS.get(below);
        return a == null || b == null ? OptionalDouble.empty() : OptionalDouble.of(a / b);
    }

    private static String withoutEnd(String unit) {
        return unit.substring(0, unit.length() - PER_OPERATION.length());
    }
}
