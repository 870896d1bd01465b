package dev.infermark.cli;

import dev.infermark.cli.regress.RegressCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands by name. */
final class Commands {
    private static final Map<String, Supplier<Object>> BY_NAME = byName();

    /** What stands above a command in the list of all, where a group of commands begins. */
    private static final Map<String, String> HEADINGS = Map.of(
            "predict", "Predict",
            "plan", "Decide",
            "blog", "Compare with what is published",
            "bench", "Measure kernels, track regressions",
            "man", "The program itself");

    /** Asks nothing of any command. */
    private static final Set<String> VERSION = Set.of("--version", "-V");

    private static final Column NAMES = new Column(14, 2, Column.Overflow.SPAN);
    private static final Column SENTENCES = new Column(66, 1, Column.Overflow.WRAP);

    private Commands() {}

    /** Adds the command that the arguments name, or all of them; setting up one alone is many times faster. */
    static void addTo(CommandLine infermark, String... arguments) {
        Supplier<Object> named = arguments.length == 0 ? null : BY_NAME.get(arguments[0]);
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return;
        }
        if (named == null) {
            BY_NAME.forEach((name, command) -> infermark.addSubcommand(name, command.get()));
            // These two describe the others.
            infermark.addSubcommand("completion", new AutoComplete.GenerateCompletion());
            infermark.addSubcommand("help", new CommandLine.HelpCommand());
        } else {
            infermark.addSubcommand(arguments[0], named.get());
        }
    }

    private static Map<String, Supplier<Object>> byName() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("predict", PredictCommand::new);
        commands.put("compile", CompileCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("compare", CompareCommand::new);
        commands.put("sweep", SweepCommand::new);
        commands.put("fit", FitCommand::new);
        commands.put("collectives", CollectivesCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("models", ModelsCommand::new);
        commands.put("plan", PlanCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("load", LoadCommand::new);
        commands.put("serve", ServeCommand::new);
        commands.put("monitor", MonitorCommand::new);
        commands.put("buckets", BucketsCommand::new);
        commands.put("blog", BlogCommand::new);
        commands.put("features", FeaturesCommand::new);
        commands.put("support", SupportCommand::new);
        commands.put("hardware", HardwareCommand::new);
        commands.put("micro", MicroCommand::new);
        commands.put("tails", TailsCommand::new);
        commands.put("compile-times", CompileTimesCommand::new);
        commands.put("validate", ValidateCommand::new);
        commands.put("accuracy", AccuracyCommand::new);
        commands.put("calibrate", CalibrateCommand::new);
        commands.put("ablate", AblateCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("benchmarks", BenchmarksCommand::create);
        commands.put("report", ReportCommand::new);
        commands.put("publish", PublishCommand::new);
        commands.put("regress", () -> RegressCommand.class);
        commands.put("readme", ReadmeCommand::new);
        commands.put("man", ManCommand::new);
        return commands;
    }

    /** The commands with the first sentence of each, under headings; what a user asks first stands first. */
    static String list(Help help) {
        StringBuilder list = new StringBuilder();
        help.subcommands().forEach((name, command) -> {
            String heading = HEADINGS.get(name);
            if (heading != null) {
                list.append('\n').append(heading).append(":\n");
            }
            TextTable line = TextTable.forColumns(help.colorScheme(), NAMES, SENTENCES);
            line.addRowValues(name, summary(command.commandSpec().usageMessage()));
            list.append(line);
        });
        return list.toString();
    }

    private static String summary(UsageMessageSpec usage) {
        String[] text = usage.header().length > 0 ? usage.header() : usage.description();
        return String.join(" ", text).replaceFirst("(?s)(?<=[a-z])[.:;] .*", "").replaceFirst("\\.$", "");
    }
}
