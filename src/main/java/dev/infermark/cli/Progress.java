package dev.infermark.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** Says every two seconds how far a long piece of work is; a short one stays silent. */
final class Progress {
    private static final long EVERY = Duration.ofSeconds(2).toNanos();

    private final PrintWriter err;
    private final String what;
    private final int all;
    private int done;
    private long next = System.nanoTime() + EVERY;

    Progress(PrintWriter err, String what, int all) {
        this.err = err;
        this.what = what;
        this.all = all;
    }

    /** One more is done. */
    void step() {
        done++;
        if (done < all && System.nanoTime() - next > 0) {
            err.printf(java.util.Locale.ROOT, "%,d of %,d %s%n", done, all, what);
            err.flush();
            next = System.nanoTime() + EVERY;
        }
    }
}
