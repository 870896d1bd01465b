package dev.infermark.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Quantities as people write them on the command line. */
final class Units {
    private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|µs|ms|s|/s)?");

    private Units() {}

    /** Seconds, from {@code 20ms}, {@code 0.5s}, {@code 300us}; a bare number is milliseconds. */
    static final class Duration implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            Matcher matcher = NUMBER_WITH_UNIT.matcher(text);
            String unit = matcher.matches() ? String.valueOf(matcher.group(2)) : "/s";
            double factor = switch (unit) {
                case "us", "µs" -> 1e-6;
                case "ms", "null" -> 1e-3;
                case "s" -> 1;
                default ->
                    throw new TypeConversionException("'" + text + "' is no time; write it as 20ms, 0.5s or 300us");
            };
            return factor * Double.parseDouble(matcher.group(1));
        }
    }

    /** Requests per second, from {@code 200/s} or {@code 200}. */
    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            String number = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
            try {
                double rate = Double.parseDouble(number.strip());
                if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                    return rate;
                }
            } catch (NumberFormatException e) {
                // Said below, as for a number that is none of a rate.
            }
            throw new TypeConversionException(
                    "'" + text + "' is no rate; write requests per second, above 0, as 200/s");
        }
    }
}
