package dev.infermark.cli;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Says every two seconds how far a long piece of work is; a short one stays silent. Threads may share one. */
public final class Progress {
    private static final long EVERY = Duration.ofSeconds(2).toNanos();

    private static final long LARGE = 20_000_000;

    private final PrintWriter err;
    private final String what;
    private final int all;
    private int done;
    private long next = System.nanoTime() + EVERY;

    /** Progress of so many pieces of work, told on this writer. */
    public Progress(PrintWriter err, String what, int all) {
        this.err = err;
        this.what = what;
        this.all = all;
    }

    /** Says that files are being read, where they are so large that it takes a while. */
    public static void reading(PrintWriter err, List<Path> files) {
        long bytes = files.stream().map(Path::toFile).mapToLong(File::length).sum();
        if (bytes > LARGE) {
            err.printf(Locale.ROOT, "reading %,d MB%n", bytes / 1_000_000);
            err.flush();
        }
    }

    /** One more is done. */
    public synchronized void step() {
        done++;
        if (done < all && System.nanoTime() - next > 0) {
            err.printf(Locale.ROOT, "%,d of %,d %s%n", done, all, what);
            err.flush();
            next = System.nanoTime() + EVERY;
        }
    }
}
