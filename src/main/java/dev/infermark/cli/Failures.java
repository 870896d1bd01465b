package dev.infermark.cli;

import dev.infermark.base.EditDistance;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** A third of its letters may be wrong for an option to be taken for another. */
    private static final int EDITED = 3;

    private static final long MEGA = 1 << 20;

    /** How picocli writes the words that an option takes. */
    private static final Pattern CHOICES =
            Pattern.compile("expected one of \\[(.*?)] \\(case-(?:in)?sensitive\\) but was");

    private final PrintWriter err;

    Failures(PrintWriter err) {
        this.err = err;
    }

    /** Arguments that no command takes, with the nearest that one does. */
    int ofArguments(ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String nearest = e instanceof UnmatchedArgumentException unmatched
                ? nearest(unmatched).map(known -> "; did you mean " + known + "?").orElse("")
                : "";
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
        String reason = CHOICES.matcher(String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""))
                .replaceAll(choices -> "expected one of " + words(choices.group(1)) + " but was");
        if (e instanceof MissingParameterException) {
            return reason;
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String name = "'" + unknown(unmatched) + "'";
            return unmatched.isUnknownOption()
                    ? "there is no option " + name
                    : e.getCommandLine().getSubcommands().isEmpty()
                            ? name + " is one argument too many"
                            : "there is no command " + name;
        }
        return reason.replaceAll("is not an? (int|long)$", "is not a whole number")
                .replaceAll("is not a (double|float)$", "is not a number");
    }

    /** The words as people write them; of two spellings of one, that without underscores. */
    private static String words(String choices) {
        List<String> all = List.of(choices.toLowerCase(Locale.ROOT).split(", ", -1));
        return all.stream()
                .filter(word -> !word.contains("_") || !all.contains(word.replace('_', '-')))
                .collect(Collectors.joining(", "));
    }

    /** The nearest option, or else the nearest command or subcommand. */
    private static Optional<String> nearest(UnmatchedArgumentException e) {
        return e.isUnknownOption()
                ? e.getCommandLine().getCommandSpec().optionsMap().keySet().stream()
                        .filter(known -> EDITED * EditDistance.between(unknown(e), known) <= known.length())
                        .min(Comparator.comparingInt(known -> EditDistance.between(unknown(e), known)))
                : e.getSuggestions().stream().findFirst().map(known -> known.replaceAll("[=\\s].*", ""));
    }

    private static String unknown(UnmatchedArgumentException e) {
        return e.getUnmatched().getFirst().replaceFirst("=.*", "");
    }

    private static String at(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
    }
}
