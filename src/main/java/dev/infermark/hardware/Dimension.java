package dev.infermark.hardware;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a figure counts; figures of one dimension convert into each other. */
public enum Dimension {
    /** A whole number of things. */
    COUNT("a count"),
    /** A dimensionless factor. */
    RATIO("a ratio"),
    /** Hertz. */
    FREQUENCY("a frequency"),
    /** Bytes. */
    BYTES("a size in memory"),
    /** Bytes per second. */
    BYTES_PER_SECOND("a data rate"),
    /** Seconds. */
    TIME("a time"),
    /** Clock cycles of the engine that the figure belongs to. */
    CYCLES("a number of cycles"),
    /** Engine cycles for one element per partition. */
    CYCLES_PER_ELEMENT("a cost per element"),
    /** Elements (or columns of elements) in one engine cycle. */
    ELEMENTS_PER_CYCLE("a rate per cycle"),
    /** Arithmetic operations in one engine cycle. */
    OPERATIONS_PER_CYCLE("operations per cycle"),
    /** Arithmetic operations per second; a multiply-accumulate counts two. */
    OPERATIONS_PER_SECOND("operations per second"),
    /** US dollars per hour. */
    PRICE("a price");

    private final String description;

    Dimension(String description) {
        this.description = description;
    }

    /** The dimension in words with its units, such as {@code a frequency (Hz, MHz, GHz)}. */
    public String describe() {
        return Arrays.stream(Unit.values())
                .filter(unit -> unit.dimension() == this)
                .map(Unit::symbol)
                .collect(Collectors.joining(", ", description + " (", ")"));
    }
}
