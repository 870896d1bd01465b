package dev.infermark.report.regression;

import dev.infermark.regress.verdict.Effect;
import java.util.Locale;

/** Relative changes as people read them. */
final class Percent {
    private Percent() {}

    /** A change with its sign, such as {@code +5.0 %}. */
    static String change(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%+.1f %%", 100 * share) : "from 0";
    }

    /** A share without sign, such as {@code 0.50 %}. */
    static String share(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** Both ends of an interval, such as {@code +3.9 … +6.1 %}. */
    static String interval(double lower, double upper) {
        return Double.isFinite(lower) && Double.isFinite(upper)
                ? String.format(Locale.ROOT, "%+.1f … %+.1f %%", 100 * lower, 100 * upper)
                : "–";
    }

    static String interval(Effect effect) {
        return interval(effect.lower(), effect.upper());
    }

    /** A p-value with two digits. */
    static String p(double p) {
        return p < 1e-4 ? String.format(Locale.ROOT, "%.0e", p) : String.format(Locale.ROOT, "%.2g", p);
    }
}
