package dev.infermark.regress.golden;

import java.util.List;

/**
 * What tells one row of modelled numbers from another.
 *
 * @param fields the values of the key columns
 */
public record GoldenKey(List<String> fields) {
    /** Copies the fields. */
    public GoldenKey {
        fields = List.copyOf(fields);
    }

    /** The key for people. */
    public String label() {
        return String.join(" ", fields);
    }
}
