package dev.infermark.reader.hlo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The small notations for numbers in HLO text. */
final class HloNumbers {

    private HloNumbers() {}

    /** {@code 1,2,3}. */
    static List<Long> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Long::parseLong)
                .toList();
    }

    /** {@code {[0:4], [2:8:2]}} as start, limit, step of each axis. */
    static List<Long> ranges(String text) {
        List<Long> numbers = new ArrayList<>();
        for (String range : text.replaceAll("[{}\\[\\] ]", "").split(",", -1)) {
            String[] parts = range.split(":", -1);
            if (parts.length < 2) {
                throw new IllegalArgumentException("slice " + text);
            }
            numbers.add(Long.parseLong(parts[0]));
            numbers.add(Long.parseLong(parts[1]));
            numbers.add(parts.length > 2 ? Long.parseLong(parts[2]) : 1);
        }
        return numbers;
    }

    /** {@code 0_0x1_1_0} as low, high, interior of each axis. */
    static List<Long> padding(String text) {
        List<Long> numbers = new ArrayList<>();
        for (String axis : text.split("x", -1)) {
            String[] parts = axis.split("_", -1);
            numbers.add(Long.parseLong(parts[0]));
            numbers.add(Long.parseLong(parts[parts.length > 1 ? 1 : 0]));
            numbers.add(parts.length > 2 ? Long.parseLong(parts[2]) : 0);
        }
        return numbers;
    }

    /** {@code {size=3x3 stride=2x2 pad=1_1x1_1}} as lists by name. */
    static Map<String, List<Long>> window(String text) {
        Map<String, List<Long>> window = new HashMap<>();
        for (String part : text.replaceAll("[{}]", "").strip().split(" +", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String key = "window_" + part.substring(0, equals);
                String value = part.substring(equals + 1).replace('x', ',').replace('_', ',');
                window.put(key, list(value));
            }
        }
        return window;
    }
}
