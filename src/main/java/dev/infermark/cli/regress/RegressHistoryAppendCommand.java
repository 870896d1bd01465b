package dev.infermark.cli.regress;

import dev.infermark.base.Counted;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.JmhJson;
import dev.infermark.regress.history.HistoryFile;
import dev.infermark.regress.history.HistoryLine;
import dev.infermark.regress.parse.RunTime;
import dev.infermark.regress.select.ForkStatistic;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark regress history append}: adds a run to the history. */
@Command(
        name = "append",
        description = "Appends a run's JMH results to the history, one line per benchmark and fork.",
        mixinStandardHelpOptions = true)
final class RegressHistoryAppendCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--file",
            defaultValue = "results/history.csv",
            paramLabel = "FILE",
            description = "The history; created where missing (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("");

    @Option(names = "--results", required = true, paramLabel = "FILE", description = "JMH's JSON of the run.")
    private Path results = Path.of("");

    @Option(names = "--run", required = true, paramLabel = "NAME", description = "The run's name or number.")
    private String run = "";

    @Option(names = "--commit", defaultValue = "", paramLabel = "ID", description = "The commit that was measured.")
    private String commit = "";

    @Option(
            names = "--time",
            defaultValue = "",
            paramLabel = "TIME",
            description = "When it was measured: ISO 8601, UTC where it names no offset.")
    private String time = "";

    @Option(
            names = "--statistic",
            defaultValue = "median",
            paramLabel = "STATISTIC",
            description = "What stands for a fork: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ForkStatistic statistic = ForkStatistic.MEDIAN;

    @Override
    public Integer call() throws Exception {
        return RegressStatus.of(spec.commandLine().getErr(), () -> {
            if (!time.isBlank()) {
                RunTime.read(time.strip(), "--time");
            }
            List<BenchmarkResult> read = JmhJson.read(results);
            List<HistoryLine> lines = HistoryLine.of(read, statistic, run, commit, time);
            new HistoryFile(file)
                    .append(lines)
                    .forEach(note -> spec.commandLine().getErr().println("infermark: " + note));
            spec.commandLine()
                    .getOut()
                    .println("appended %s of %s as run %s to %s"
                            .formatted(
                                    Counted.of(lines.size(), "fork"), Counted.of(read.size(), "benchmark"), run, file));
            return RegressStatus.FINE;
        });
    }
}
