package dev.infermark.hardware;

import dev.infermark.base.UserError;

/**
 * One hardware property in words, with its provenance.
 *
 * @param value the words as their source prints them, such as {@code DDR4}
 * @param kind how far they can be trusted
 * @param source where they are documented, or how they were derived
 */
public record Property(String value, FigureKind kind, String source) {

    /** Refuses empty values and sources. */
    public Property {
        if (value.isBlank() || source.isBlank()) {
            throw new UserError("'value' or 'source' is empty; say what the property is and where it is documented");
        }
    }
}
