package dev.infermark.cli;

import dev.infermark.lower.AutoCast;
import dev.infermark.numerics.DataType;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The command line: {@code infermark COMMAND}. */
@Command(
        name = "infermark",
        description = "How fast and at what cost a neural network runs on AWS Inferentia.",
        mixinStandardHelpOptions = true,
        versionProvider = Infermark.Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  infermark predict bert-large-uncased --instance inf2.xlarge --batch 1",
            "  infermark predict path/to/config.json --instance inf1.xlarge,inf2.xlarge",
            "  infermark blog",
            "",
            "Each command has --help. Exit status: 0 done, 2 bad input, 70 a fault of",
            "infermark; 'regress' and 'accuracy' have 1, 3 and 4 for their verdicts."
        })
public final class Infermark implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Infermark() {}

    /** Runs one command and exits with its status: 0 done, 2 something the user can fix, 70 a fault of ours. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        // Libraries that print, such as JMH, print there too.
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.exit(run(out, new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Runs one command; an output that could not be written as a whole is a failure, whatever the command says. */
    static int run(StandardOutput out, PrintWriter err, String... arguments) {
        int status = run(new PrintWriter(out, false, StandardCharsets.UTF_8), err, arguments);
        return out.failure().map(e -> new Failures(err).ofOutput(e)).orElse(status);
    }

    /** Runs one command with the given streams and returns its exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        PrintWriter shown = new PrintWriter(new PlainWriter(out), true);
        PrintWriter told = new PrintWriter(new PlainWriter(err), true);
        Failures failures = new Failures(told);
        try {
            return commandLine(arguments)
                    .setOut(shown)
                    .setErr(told)
                    // As a lambda, since picocli replaces the given writer by one to what System.out was when a RunLast
                    // was made, if System.out is another by now.
                    .setExecutionStrategy(parsed -> new CommandLine.RunLast().execute(parsed))
                    .setParameterExceptionHandler((e, _) -> failures.ofArguments(e))
                    .setExecutionExceptionHandler((e, _, _) -> failures.of(e))
                    .execute(arguments);
        } catch (Throwable e) {
            return failures.of(e);
        } finally {
            shown.flush();
            told.flush();
        }
    }

    /** The parser of these arguments. */
    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new Infermark());
        Commands.addTo(line, arguments);
        everywhere(line);
        line.getHelpSectionMap()
                .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Commands::list);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(DataType.class, TypeWords::dataType)
                .registerConverter(AutoCast.class, TypeWords::autoCast);
    }

    /** Gives every command the version of the program, and words to choose from as people write them. */
    private static void everywhere(CommandLine line) {
        CommandSpec spec = line.getCommandSpec().versionProvider(new Version());
        for (OptionSpec option : List.copyOf(spec.options())) {
            Iterable<String> words = option.completionCandidates();
            if (words != null && option.group() == null) {
                List<String> lower = new ArrayList<>();
                words.forEach(word -> lower.add(word.toLowerCase(Locale.ROOT)));
                spec.remove(option);
                spec.addOption(option.toBuilder().completionCandidates(lower).build());
            }
        }
        line.getSubcommands().values().forEach(Infermark::everywhere);
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Name and version, which the jar's manifest tells. */
    static String version() {
        return "infermark " + Optional.ofNullable(Infermark.class.getPackage().getImplementationVersion())
                .orElse("(unpackaged)");
    }

    /** The release that is being worked on or was made; empty where the jar's manifest is missing. */
    static Optional<String> release() {
        return Optional.ofNullable(Infermark.class.getPackage().getImplementationVersion())
                .map(version -> version.replace("-SNAPSHOT", ""));
    }

    /** The version for picocli. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {version()};
        }
    }
}
