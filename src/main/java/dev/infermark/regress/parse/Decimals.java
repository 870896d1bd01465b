package dev.infermark.regress.parse;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads numbers as people and locales write them. */
final class Decimals {
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");

    private Decimals() {}

    /** How a comma inside a number is to be read. */
    enum Comma {
        /** The file separates columns by something else, so a comma can only be the decimal sign. */
        DECIMAL,
        /** Columns are separated by commas: {@code "1,5"} is 1.5, but {@code "1,500"} could be 1500. */
        UNSURE
    }

    /** The number, NaN where the text says so, or empty where the text is no number or could be two. */
    static OptionalDouble read(String text, Comma comma) {
        String number = text.strip();
        if (COMMA.matcher(number).matches()) {
            if (comma == Comma.UNSURE && THOUSANDS.matcher(number).matches()) {
                return OptionalDouble.empty();
            }
            number = number.replace(',', '.');
        }
        if (number.equalsIgnoreCase("nan") || number.equals("\uFFFD")) {
            return OptionalDouble.of(Double.NaN);
        }
        try {
            return OptionalDouble.of(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
