package dev.infermark.report.plot;

import dev.infermark.base.UserError;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * One number of a plot.
 *
 * @param value its size, not negative
 * @param text how it reads, such as the digits that a publication printed
 * @param spread the range that the whisker covers, absent where there is none
 */
public record Bar(double value, String text, Optional<Spread> spread) {
    private static final int DECIMALS = 2;
    private static final int MOST_DECIMALS = 4;

    /**
     * The range of a number.
     *
     * @param low its lower end
     * @param high its upper end
     */
    public record Spread(double low, double high) {}

    /** Refuses what no bar from zero can show. */
    public Bar {
        if (!Double.isFinite(value) || value < 0) {
            throw new UserError("a bar shows finite numbers from zero, got " + value);
        }
    }

    /** A number with three significant digits. */
    public static Bar of(double value) {
        return new Bar(value, threeDigits(value), Optional.empty());
    }

    /** A number with the digits that were printed. */
    public static Bar printed(BigDecimal value) {
        return new Bar(value.doubleValue(), value.toPlainString(), Optional.empty());
    }

    /** The same number with a whisker. */
    public Bar withSpread(double low, double high) {
        return new Bar(value, text, Optional.of(new Spread(low, high)));
    }

    /** The largest number that is drawn. */
    double reach() {
        return Math.max(value, spread.map(Spread::high).orElse(value));
    }

    private static String threeDigits(double value) {
        int decimals = value == 0
                ? 0
                : Math.clamp(DECIMALS - (long) Math.floor(Math.log10(value)), 0, MOST_DECIMALS);
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
