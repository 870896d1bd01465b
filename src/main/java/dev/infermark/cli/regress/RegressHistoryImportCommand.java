package dev.infermark.cli.regress;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.history.HistoryFile;
import dev.infermark.regress.history.HistoryLine;
import dev.infermark.regress.imports.HistoryImport;
import dev.infermark.regress.select.ForkStatistic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code infermark regress history import}: starts a history from one that another tool kept. */
@Command(
        name = "import",
        description = "Starts a history from a folder of JMH results named by commit, from github-action-benchmark's"
                + " data.js, or from Otava's CSV.",
        mixinStandardHelpOptions = true)
final class RegressHistoryImportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "Folder, data.js or CSV file.")
    private Path source = Path.of("");

    @Option(
            names = "--file",
            defaultValue = "results/history.csv",
            paramLabel = "FILE",
            description = "The history to start, which must not exist (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("");

    @Option(
            names = "--direction",
            paramLabel = "lower|higher",
            converter = DirectionConverter.class,
            description = "What is better where the source does not tell it.")
    private Optional<Direction> direction = Optional.empty();

    @Override
    public Integer call() throws Exception {
        return RegressStatus.of(spec.commandLine().getErr(), () -> {
            if (Files.exists(file)) {
                throw new UserError(file + " exists already: name another --file, or append runs to it");
            }
            List<HistoryLine> lines = HistoryImport.read(source, ForkStatistic.MEDIAN, direction);
            new HistoryFile(file)
                    .append(lines)
                    .forEach(note -> spec.commandLine().getErr().println("infermark: " + note));
            spec.commandLine()
                    .getOut()
                    .println("imported %s of %s in %s to %s"
                            .formatted(
                                    Counted.of(lines.size(), "value"),
                                    Counted.of(
                                            lines.stream()
                                                    .map(HistoryLine::benchmark)
                                                    .distinct()
                                                    .count(),
                                            "benchmark"),
                                    Counted.of(
                                            lines.stream()
                                                    .map(HistoryLine::run)
                                                    .distinct()
                                                    .count(),
                                            "run"),
                                    file));
            return RegressStatus.FINE;
        });
    }
}
