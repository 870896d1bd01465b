package dev.infermark.report.table;

import dev.infermark.base.NumberKind;
import java.util.Optional;

/**
 * The head of a column.
 *
 * @param key name in CSV and JSON, in snake case with the unit as suffix, such as {@code latency_ms}
 * @param title name for people
 * @param unit unit for people, empty where there is none
 * @param kind where the numbers of this column come from, empty for names and settings
 */
public record Column(String key, String title, String unit, Optional<NumberKind> kind) {

    /** A column of names or settings. */
    public static Column plain(String key, String title) {
        return new Column(key, title, "", Optional.empty());
    }

    /** A column of results of one kind. */
    public static Column result(String key, String title, String unit, NumberKind kind) {
        return new Column(key, title, unit, Optional.of(kind));
    }

    /** A column of what the models of the hardware predict. */
    public static Column modelled(String key, String title, String unit) {
        return result(key, title, unit, NumberKind.MODELLED);
    }

    /** The same column without a kind. */
    Column withoutKind() {
        return new Column(key, title, unit, Optional.empty());
    }

    /** The head as people read it: title, unit and kind, such as {@code Latency, ms (modelled)}. */
    public String heading() {
        return title
                + (unit.isEmpty() ? "" : ", " + unit)
                + kind.map(k -> " (" + k.label() + ")").orElse("");
    }
}
