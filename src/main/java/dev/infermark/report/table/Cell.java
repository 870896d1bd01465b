package dev.infermark.report.table;

import java.math.BigDecimal;

/** One value of a table. */
public sealed interface Cell {

    /** A word or name. */
    record Text(String value) implements Cell {}

    /** A key of files that people read in words, such as {@code 128x1024} as 128 × 1024. */
    record Term(String value, String words) implements Cell {}

    /** A number; {@code digits} is how many significant digits people see; files have six, or all of a whole one. */
    record Quantity(double value, int digits) implements Cell {
        /** Refuses what is no finite number; use {@link Missing} for a value that is not there. */
        public Quantity {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a table cell must be finite, got " + value);
            }
        }
    }

    /** A number whose decimal places mean something, such as a price; people and files see exactly these. */
    record Decimal(BigDecimal value) implements Cell {}

    /** A value that does not exist, with the word that says so, such as {@code unsupported}. */
    record Missing(String word) implements Cell {}

    /** A text cell. */
    static Cell of(String value) {
        return new Text(value);
    }

    /** A number shown with four significant digits. */
    static Cell of(double value) {
        return new Quantity(value, 4);
    }

    /** A count, shown whole. */
    static Cell of(long value) {
        return new Quantity(value, 0);
    }
}
