package dev.infermark.base;

import java.util.Locale;

/** Numbers of things in words, such as {@code 1 row} and {@code 2,048 rows}. */
public final class Counted {
    private Counted() {}

    /** So many of what a noun names, whose plural ends in s. */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** So many of what a noun names, which has this plural. */
    public static String of(long number, String noun, String plural) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural);
    }
}
