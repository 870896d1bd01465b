package dev.infermark.base;

import java.math.BigDecimal;
import java.math.MathContext;

/** How many digits of a modelled or measured number go into files: six, more than any of them is worth. */
public final class FileDigits {
    private static final MathContext SIX = new MathContext(6);

    private FileDigits() {}

    /** The finite number that is nearest to a value among those of six significant digits. */
    public static double round(double value) {
        return new BigDecimal(value).round(SIX).doubleValue();
    }
}
