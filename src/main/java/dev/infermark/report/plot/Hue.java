package dev.infermark.report.plot;

import java.util.Locale;

/**
 * Colours of bars, chosen so that people with any colour vision tell neighbours apart; {@code plot.css} gives each its
 * value on a light and on a dark background.
 */
public enum Hue {
    /** First of a pair, such as the older generation. */
    BLUE,
    /** Second of a pair, such as the newer generation. */
    ORANGE,
    /** Our own. */
    GREEN,
    /** Plain. */
    GREY,
    /** A peer's. */
    PURPLE,
    /** Another peer's. */
    SKY,
    /** A third peer's. */
    AMBER,
    /** A limit's. */
    BLACK;

    /** The class of what has this colour. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
