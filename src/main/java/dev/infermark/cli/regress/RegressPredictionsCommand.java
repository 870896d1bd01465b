package dev.infermark.cli.regress;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.regress.golden.GoldenDifference;
import dev.infermark.regress.golden.GoldenTable;
import dev.infermark.report.regression.GoldenTables;
import dev.infermark.report.regression.JUnitXml;
import dev.infermark.report.table.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code infermark regress predictions check|accept}: modelled numbers against those that were committed. */
@Command(
        name = "predictions",
        description = "Compares predictions exactly with committed ones, or accepts them.",
        mixinStandardHelpOptions = true)
final class RegressPredictionsCommand {
    private static final Predicate<String> IS_NO_NUMBER = Pattern.compile(
                    "[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE)
            .asMatchPredicate();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before a command runs
    private CommandSpec spec;

    @Option(
            names = "--golden",
            scope = ScopeType.INHERIT,
            defaultValue = "results/predictions.csv",
            paramLabel = "FILE",
            description = "The committed predictions (default: ${DEFAULT-VALUE}).")
    private Path golden = Path.of("");

    @Option(
            names = "--key",
            scope = ScopeType.INHERIT,
            split = ",",
            defaultValue = "model_name,batch_size,sequence_length,device",
            paramLabel = "COLUMN",
            description = "Columns that tell rows apart (default: ${DEFAULT-VALUE}).")
    private List<String> keys = List.of();

    @Option(
            names = "--value",
            scope = ScopeType.INHERIT,
            defaultValue = "modelled_latency_ms",
            paramLabel = "COLUMN",
            description = "The predicted column (default: ${DEFAULT-VALUE}).")
    private String value = "";

    @Option(
            names = "--published",
            scope = ScopeType.INHERIT,
            defaultValue = "published_latency_ms",
            paramLabel = "COLUMN",
            description = "The column to measure errors against, if there is one (default: ${DEFAULT-VALUE}).")
    private String published = "";

    @Option(
            names = "--model-version",
            scope = ScopeType.INHERIT,
            paramLabel = "VERSION",
            description = "The model's version (default: the file's own column " + GoldenTable.VERSION + ").")
    private Optional<String> version = Optional.empty();

    @Command(
            name = "check",
            description = "Shows every prediction that differs from the committed one.",
            mixinStandardHelpOptions = true)
    int check(
            @Option(names = "--current", required = true, paramLabel = "FILE", description = "Predictions now.")
                    Path current,
            @Mixin RegressOutput output) {
        GoldenTable before = read(golden);
        GoldenTable after = read(current);
        List<GoldenDifference> differences = GoldenDifference.between(before, after, value, published);
        Table table = GoldenTables.of(differences, keys);
        String accept = "infermark regress predictions accept --golden " + golden + " --current " + current;
        String versions = "model " + before.version().orElse("of unknown version") + " → "
                + version.or(after::version).orElse("unknown");
        String line = differences.isEmpty()
                ? "as committed: all %s (%s)".formatted(Counted.of(before.rows().size(), "prediction"), versions)
                : "%s (%s); if that is meant: %s".formatted(count(differences, before, after), versions, accept);
        boolean isVersionAlone = differences.isEmpty() && !before.version().equals(version.or(after::version));
        String note = isVersionAlone ? "; the model's version alone changed, to commit it: " + accept : "";
        output.write(
                spec.commandLine().getOut(),
                "Predictions",
                line + note,
                table,
                table,
                () -> JUnitXml.predictions(differences));
        return (differences.isEmpty() ? RegressStatus.FINE : RegressStatus.REGRESSION).code();
    }

    @Command(
            name = "accept",
            description = "Makes the predictions the committed ones, stamped with the model's version.",
            mixinStandardHelpOptions = true)
    int accept(
            @Option(names = "--current", required = true, paramLabel = "FILE", description = "Predictions now.")
                    Path current) {
        GoldenTable after = read(current);
        String stamp = version.or(after::version)
                .orElseThrow(() -> new UserError(current + " does not tell the model's version: give --model-version"));
        after.stamped(stamp).write(golden);
        PrintWriter out = spec.commandLine().getOut();
        out.println("accepted %s of model %s as %s"
                .formatted(Counted.of(after.rows().size(), "prediction"), stamp, golden));
        return RegressStatus.FINE.code();
    }

    private static String count(List<GoldenDifference> differences, GoldenTable before, GoldenTable after) {
        long added = differences.stream()
                .filter(d -> !before.rows().containsKey(d.key()))
                .count();
        long gone = differences.stream()
                .filter(d -> !after.rows().containsKey(d.key()))
                .count();
        return "of %,d committed predictions %,d changed, %,d are gone; %,d are new"
                .formatted(before.rows().size(), differences.size() - added - gone, gone, added);
    }

    private GoldenTable read(Path file) {
        GoldenTable table = GoldenTable.read(file, keys);
        if (!table.columns().contains(value)) {
            throw new UserError(file + " lacks the column " + value + ": name the predicted column with --value");
        }
        requireNumbers(file, table, value, "which is no prediction; fix what computed it");
        requireNumbers(file, table, published, "with which nothing compares; leave it empty");
        return table;
    }

    private static void requireNumbers(Path file, GoldenTable table, String column, String remedy) {
        table.rows().keySet().forEach(key -> table.get(key, column).filter(IS_NO_NUMBER).ifPresent(text -> {
            throw new UserError("%s: %s of %s is %s, %s".formatted(file, column, key.label(), text, remedy));
        }));
    }
}
