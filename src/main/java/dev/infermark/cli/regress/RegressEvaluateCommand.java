package dev.infermark.cli.regress;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.BrokenRunException;
import dev.infermark.jmh.JmhJson;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.study.AnnotatedSeries;
import dev.infermark.regress.study.GateStudy;
import dev.infermark.regress.study.HistoryStudy;
import dev.infermark.report.regression.RateTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code infermark regress evaluate}: how often would the rules err on these benchmarks? */
@Command(
        name = "evaluate",
        description = "Measures false alarms, power and F1 on a folder of JMH results of one build, ours beside other"
                + " rules: forks are dealt to two sides at random, and one side is slowed down.",
        mixinStandardHelpOptions = true)
final class RegressEvaluateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Folder of JSON files, searched to the bottom.")
    private Path folder = Path.of("");

    @Option(
            names = "--forks",
            defaultValue = "5",
            paramLabel = "N",
            description = "Forks per side (default: ${DEFAULT-VALUE}).")
    private int forks;

    @Option(
            names = "--tcpd",
            description =
                    "FOLDER holds series in which people marked the changes, in the form of the Turing Change Point"
                            + " Dataset: score the detector by F1 and covering.")
    private boolean tcpd;

    @Mixin
    private RegressStudyOptions study = new RegressStudyOptions();

    @Override
    public Integer call() {
        if (forks < 2) {
            throw new UserError("--forks " + forks + ": two sides need at least 2 forks each to show their spread");
        }
        PrintWriter err = spec.commandLine().getErr();
        if (tcpd) {
            List<AnnotatedSeries> series = AnnotatedSeries.read(folder);
            err.printf(Locale.ROOT, "scoring %,d series of one value per place%n", series.size());
            ChangePointDetector detector = new ChangePointDetector(study.seed());
            study.print(
                    spec.commandLine().getOut(),
                    RateTables.annotated(series.parallelStream().map(s -> s.score(detector)).toList()));
            return RegressStatus.FINE.code();
        }
        List<BenchmarkResult> results = read(err);
        err.printf(
                Locale.ROOT,
                "evaluating %s: %s, %s of each kind%n",
                Counted.of(results.size(), "result"),
                Counted.of(study.suites(), "suite"),
                Counted.of(study.histories(), "history", "histories"));
        String data = "measured, " + folder.getFileName();
        study.print(
                spec.commandLine().getOut(),
                RateTables.gate(Map.of(
                        data,
                        GateStudy.measured(results, forks, study.suites(), study.change(), study.seed())
                                .run())),
                RateTables.history(Map.of(
                        data, HistoryStudy.measured(results, study.histories(), study.seed()).run())));
        return RegressStatus.FINE.code();
    }

    private List<BenchmarkResult> read(PrintWriter err) {
        List<BenchmarkResult> results = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                try {
                    results.addAll(JmhJson.read(file));
                } catch (BrokenRunException | UserError e) {
                    err.println("infermark: left out: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new UserError("cannot read " + folder + ": " + e.getMessage() + "; name a folder of results", e);
        }
        if (results.isEmpty()) {
            throw new UserError(folder + " holds no JMH result: write some with -rf json");
        }
        return results;
    }
}
