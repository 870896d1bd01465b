package dev.infermark.kernel;

import java.util.Locale;

/** The two ways in which every kernel exists. */
public enum Implementation {
    /** On the Vector API. */
    SIMD,
    /** Plain Java that reads like the formula. */
    REFERENCE;

    /** The name as users write it, such as {@code simd}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
