package dev.infermark.cli;

import dev.infermark.cli.regress.RegressCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The commands by name. */
final class Commands {
    private static final Map<String, Supplier<Object>> BY_NAME = byName();

    private Commands() {}

    /** Adds the command that the arguments name, or all of them; setting up one alone is many times faster. */
    static void addTo(CommandLine infermark, String... arguments) {
        Supplier<Object> named = arguments.length == 0 ? null : BY_NAME.get(arguments[0]);
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
        commands.put("plan", PlanCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("sweep", SweepCommand::new);
        commands.put("compare", CompareCommand::new);
        commands.put("migrate", MigrateCommand::new);
        commands.put("blog", BlogCommand::new);
        commands.put("features", FeaturesCommand::new);
        commands.put("micro", MicroCommand::new);
        commands.put("support", SupportCommand::new);
        commands.put("hardware", HardwareCommand::new);
        commands.put("collectives", CollectivesCommand::new);
        commands.put("fit", FitCommand::new);
        commands.put("load", LoadCommand::new);
        commands.put("buckets", BucketsCommand::new);
        commands.put("tails", TailsCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("benchmarks", BenchmarksCommand::create);
        commands.put("report", ReportCommand::new);
        commands.put("publish", PublishCommand::new);
        commands.put("regress", () -> RegressCommand.class);
        commands.put("inspect", InspectCommand::new);
        commands.put("models", ModelsCommand::new);
        commands.put("validate", ValidateCommand::new);
        commands.put("calibrate", CalibrateCommand::new);
        commands.put("accuracy", AccuracyCommand::new);
        commands.put("ablate", AblateCommand::new);
        commands.put("readme", ReadmeCommand::new);
        commands.put("man", ManCommand::new);
        return commands;
    }
}
