package dev.infermark.jmh;

/** A run that did not deliver what it should: an empty or cut file, a vanished benchmark, a value that is no number. */
public final class BrokenRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an error whose message names the cause and the remedy in one line. */
    public BrokenRunException(String message) {
        super(message);
    }

    /** Creates an error with the exception that revealed it. */
    public BrokenRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
