package dev.infermark.plan.sweep;

/**
 * A column of a sweep.
 *
 * @param name its head
 * @param kind what its values are
 */
public record Column(String name, Kind kind) {

    /** What the values of a column are; a row without an answer has none. */
    public enum Kind {
        /** Words, {@link String}. */
        TEXT,
        /** Whole numbers, {@link Long}. */
        WHOLE,
        /** Numbers, {@link Double}. */
        REAL
    }

    static Column text(String name) {
        return new Column(name, Kind.TEXT);
    }

    static Column whole(String name) {
        return new Column(name, Kind.WHOLE);
    }

    static Column real(String name) {
        return new Column(name, Kind.REAL);
    }
}
