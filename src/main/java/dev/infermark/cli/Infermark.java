package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.cli.regress.RegressCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code infermark COMMAND}. */
@Command(
        name = "infermark",
        description = "How fast and at what cost a neural network runs on AWS Inferentia.",
        mixinStandardHelpOptions = true,
        versionProvider = Infermark.Version.class,
        subcommands = {
            PredictCommand.class,
            BlogCommand.class,
            MicroCommand.class,
            HardwareCommand.class,
            CollectivesCommand.class,
            BenchCommand.class,
            ReportCommand.class,
            PublishCommand.class,
            RegressCommand.class,
            InspectCommand.class,
            ModelsCommand.class,
            ValidateCommand.class,
            CalibrateCommand.class,
            AccuracyCommand.class,
            ReadmeCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Infermark {
    private Infermark() {}

    /** Runs one command and exits with its status: 0 done, 2 something the user can mend. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    /** Runs one command with the given streams and returns its exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        int status = new CommandLine(new Infermark())
                .addSubcommand(BenchmarksCommand.create())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                // As a lambda, since picocli replaces the given writer by one to what System.out was when a RunLast was
                // made, if System.out is another by now.
                .setExecutionStrategy(parsed -> new CommandLine.RunLast().execute(parsed))
                .setParameterExceptionHandler((e, _) -> {
                    String command = e.getCommandLine().getCommandSpec().qualifiedName();
                    return complain(err, e.getMessage() + "; see " + command + " --help");
                })
                .setExecutionExceptionHandler((e, _, _) -> {
                    if (e instanceof UserError) {
                        return complain(err, String.valueOf(e.getMessage()));
                    }
                    throw e;
                })
                .execute(arguments);
        out.flush();
        err.flush();
        return status;
    }

    private static int complain(PrintWriter err, String message) {
        err.println("infermark: " + message.replace('\n', ' '));
        return CommandLine.ExitCode.USAGE;
    }

    /** The version that the jar's manifest tells. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Infermark.class.getPackage().getImplementationVersion();
            return new String[] {"infermark " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
