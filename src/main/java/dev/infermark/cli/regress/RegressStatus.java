package dev.infermark.cli.regress;

import dev.infermark.jmh.BrokenRunException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** How a command of regression tracking ends. */
enum RegressStatus {
    /** Nothing got worse. */
    FINE(0),
    /** Something got worse, or a prediction changed. */
    REGRESSION(1),
    /** The data cannot tell. */
    CANNOT_TELL(3),
    /** A run did not deliver what it should. */
    BROKEN_RUN(4);

    private final int code;

    RegressStatus(int code) {
        this.code = code;
    }

    /** The process's exit status. */
    int code() {
        return code;
    }

    /** Runs a command's work; a broken run becomes one line on {@code err} and its status. */
    static int of(PrintWriter err, Callable<RegressStatus> work) throws Exception {
        try {
            return work.call().code;
        } catch (BrokenRunException e) {
            err.println("infermark: " + String.valueOf(e.getMessage()).replace('\n', ' '));
            return BROKEN_RUN.code;
        }
    }
}
