package dev.infermark.plan.sweep;

import dev.infermark.base.UserError;
import dev.infermark.plan.sweep.Column.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * A setting with the values that it takes, in order.
 *
 * @param name its column
 * @param values as written in CSV
 */
public record Axis(String name, List<String> values) {
    private static final long MOST = 1_000_000;
    private static final Set<String> TEXTS = Set.of("model_name", "auto_cast", "sdk", "instance_type");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

    /** Copies the list; refuses an axis without a value. */
    public Axis {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new UserError("the grid's '" + name + "' is empty; give a value or leave it out");
        }
        if (kind(name) == Kind.WHOLE) {
            values.stream().filter(value -> !WHOLE.matcher(value).matches()).findFirst().ifPresent(value -> {
                throw new UserError("the grid's '" + name + "' has '" + value + "', which is no whole number");
            });
        }
    }

    /** The column of this setting. */
    public Column column() {
        return new Column(name, kind(name));
    }

    private static Kind kind(String name) {
        return TEXTS.contains(name) ? Kind.TEXT : Kind.WHOLE;
    }

    /** An axis as a grid file writes it: a value, a list of them, or {@code {"from": 1, "to": 64, "step": 1}}. */
    static Axis of(String name, JsonNode node) {
        if (node.isObject()) {
            return new Axis(name, range(name, node));
        }
        if (!node.isArray()) {
            return new Axis(name, List.of(value(name, node)));
        }
        List<String> values = new ArrayList<>();
        for (JsonNode each : node) {
            values.add(value(name, each));
        }
        return new Axis(name, values);
    }

    private static String value(String name, JsonNode node) {
        if (node.isString() || node.isIntegralNumber()) {
            return node.asString();
        }
        throw new UserError("the grid's '" + name + "' has " + node + "; write words and whole numbers");
    }

    private static List<String> range(String name, JsonNode node) {
        long from = whole(name, node, "from", 1);
        long to = whole(name, node, "to", from);
        long step = whole(name, node, "step", 1);
        if (from < 1 || to < from || step < 1 || (to - from) / step >= MOST) {
            throw new UserError("the grid's '" + name + "' goes from " + from + " to " + to + " by " + step
                    + "; give 1 <= from <= to, and at most " + MOST + " values");
        }
        return LongStream.iterate(from, value -> value <= to, value -> value + step)
                .mapToObj(String::valueOf)
                .toList();
    }

    private static long whole(String name, JsonNode node, String key, long otherwise) {
        JsonNode found = node.get(key);
        if (found == null) {
            return otherwise;
        }
        if (!found.isIntegralNumber()) {
            throw new UserError("the grid's '" + name + "." + key + "' is " + found + "; write a whole number");
        }
        return found.asLong();
    }
}
