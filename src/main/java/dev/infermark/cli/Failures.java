package dev.infermark.cli;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that did not end well says so: in one line on standard error, and by the exit status. */
final class Failures {
    /** A fault of this program, {@code EX_SOFTWARE} of sysexits.h; 1 is a verdict of some commands. */
    static final int FAULT = 70;

    /** What a shell reports of a program that a closed pipe ended: 128 and SIGPIPE. */
    static final int CLOSED_PIPE = 141;

    /** The environment variable that asks for stack traces. */
    private static final String TRACE = "INFERMARK_TRACE";

    private static final int LONGEST = 600;
    private static final int LONGEST_END = 200;
    private static final long MEGA = 1 << 20;

    private final PrintWriter err;

    Failures(PrintWriter err) {
        this.err = err;
    }

    /** Arguments that no command takes, with the nearest that one does. */
    int ofArguments(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        List<String> suggestions =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String nearest = suggestions.isEmpty() ? "" : "; did you mean " + withoutValue(suggestions.getFirst()) + "?";
        return complain(reason(e) + nearest + (nearest.isEmpty() ? "; see " : " See ") + command + " --help");
    }

    /** Whatever a command threw. */
    int of(Throwable thrown) {
        Throwable e = thrown instanceof CommandLine.ExecutionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        int status = switch (e) {
            case UserError _ -> complain(String.valueOf(e.getMessage()));
            case OutOfMemoryError _ -> complain("the input needs more than the "
                    + Runtime.getRuntime().maxMemory() / MEGA + " MB of memory that Java may take;"
                    + " set INFERMARK_MEMORY, for example to 4g, or give a smaller input");
            case UncheckedIOException io -> complain("cannot read or write: "
                    + String.valueOf(io.getMessage()).replaceFirst("^[\\w.]+Exception: ", "")
                    + "; check the disk and the permissions");
            default -> {
                complain("internal error: " + e + at(e) + "; please report it with this command and its input"
                        + " (" + TRACE + "=1 shows the trace)");
                yield FAULT;
            }
        };
        if ("1".equals(System.getenv(TRACE))) {
            e.printStackTrace(err);
        }
        return status;
    }

    /** An output that was not written; silent where its reader went away, as {@code head} does. */
    int ofOutput(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe")
                ? CLOSED_PIPE
                : complain("cannot write to the standard output: " + e.getMessage() + "; what is there is incomplete");
    }

    private int complain(String message) {
        String line = message.strip().replaceAll("\\R", " ");
        err.println("infermark: " + (line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST - LONGEST_END) + " … " + line.substring(line.length() - LONGEST_END)));
        return CommandLine.ExitCode.USAGE;
    }

    /** Picocli's words for types are those of Java. */
    private static String reason(ParameterException e) {
        String reason = String.valueOf(e.getMessage());
        if (e instanceof MissingParameterException) {
            return reason;
        }
        return reason.replaceAll("is not an? (int|long)$", "is not a whole number")
                .replaceAll("is not a (double|float)$", "is not a number");
    }

    private static String withoutValue(String suggestion) {
        return suggestion.replaceAll("[=\\s].*", "");
    }

    private static String at(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
    }
}
