package dev.infermark.csv;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads numbers as people and locales write them, and nothing else that Java takes for a number. */
public final class Decimals {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[+-]?(?i:inf|infinity)");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");

    private Decimals() {}

    /** How a comma inside a number is to be read. */
    public enum Comma {
        /** The file separates columns by something else, so a comma can only be the decimal sign. */
        DECIMAL,
        /** Columns are separated by commas: {@code "1,5"} is 1.5, but {@code "1,500"} could be 1500. */
        UNSURE,
        /** A program wrote the number, and programs write none. */
        NEVER
    }

    /** The number, NaN where the text says so, or empty where the text is no number or could be two. */
    public static OptionalDouble read(String text, Comma comma) {
        String number = text.strip();
        if (NUMBER.matcher(number).matches()) {
            return OptionalDouble.of(Double.parseDouble(number));
        }
        if (COMMA.matcher(number).matches()) {
            if (comma == Comma.NEVER || (comma == Comma.UNSURE && THOUSANDS.matcher(number).matches())) {
                return OptionalDouble.empty();
            }
            number = number.replace(',', '.');
        }
        if (number.equalsIgnoreCase("nan") || number.equals("\uFFFD")) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITE.matcher(number).matches()) {
            return OptionalDouble.of(number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return NUMBER.matcher(number).matches()
                ? OptionalDouble.of(Double.parseDouble(number))
                : OptionalDouble.empty();
    }
}
