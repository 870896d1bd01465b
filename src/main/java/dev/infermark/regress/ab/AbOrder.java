package dev.infermark.regress.ab;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The order in which the forks of two builds are run. */
public final class AbOrder {
    private AbOrder() {}

    /** Which build a fork runs. */
    public enum Build {
        /** Before the change. */
        BASELINE,
        /** After the change. */
        CANDIDATE;

        /** The name in files and messages. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A B B A A B B A …: a machine that slows down steadily slows both builds alike. */
    public static List<Build> interleaved(int forks) {
        return IntStream.range(0, 2 * forks)
                .mapToObj(i -> (i + 1) / 2 % 2 == 0 ? Build.BASELINE : Build.CANDIDATE)
                .toList();
    }
}
