package dev.infermark.base;

/**
 * Something the user can fix: a missing file, an unknown name, a value out of range.
 *
 * <p>The message is one line that names the cause and the remedy; the command line prints it and exits with status 2.
 */
public sealed class UserError extends RuntimeException permits Refusal {
    private static final long serialVersionUID = 1L;

    /** Creates an error whose message names the cause and the remedy in one line. */
    public UserError(String message) {
        super(message);
    }

    /** Creates an error with the exception that revealed it. */
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
