package dev.infermark.cli.regress;

import dev.infermark.base.Counted;
import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.cli.Progress;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.history.Change;
import dev.infermark.regress.history.Look;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.regress.history.SuiteFindings;
import dev.infermark.regress.history.SuiteLook;
import dev.infermark.regress.history.ToldFile;
import dev.infermark.regress.history.ToldLog;
import dev.infermark.regress.parse.HistoryCsv;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Verdict;
import dev.infermark.report.regression.HistoryPage;
import dev.infermark.report.regression.HistoryPlot;
import dev.infermark.report.regression.HistoryTables;
import dev.infermark.report.regression.JUnitXml;
import dev.infermark.report.regression.TensorBoardEvents;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark regress history}: when did a benchmark change, and by how much? */
@Command(
        name = "history",
        description = "Finds the runs at which benchmarks changed, in a CSV file with the columns"
                + " benchmark,run,value[,unit,direction,commit,time].",
        mixinStandardHelpOptions = true,
        subcommands = {RegressHistoryAppendCommand.class, RegressHistoryImportCommand.class})
final class RegressHistoryCommand implements Callable<Integer> {
    /** File systems take names of up to 255 bytes. */
    private static final int LONGEST_NAME = 160;

    private static final long SEED = 20260101;
    private static final int MOST_WITHDRAWN = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--file",
            defaultValue = "results/history.csv",
            paramLabel = "FILE",
            description = "The history (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("");

    @Option(names = "--benchmark", paramLabel = "REGEX", description = "Only benchmarks whose name holds a match.")
    private Optional<Pattern> benchmark = Optional.empty();

    @Option(names = "--since", paramLabel = "RUN", description = "Only changes from this run on.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--min-change",
            defaultValue = "1",
            paramLabel = "PERCENT",
            description = "Smallest change worth telling (default: ${DEFAULT-VALUE}).")
    private double least;

    @Option(
            names = "--direction",
            paramLabel = "lower|higher",
            description = "What is better where neither the file nor the unit tells it, as in MB/s.",
            converter = DirectionConverter.class)
    private Optional<Direction> direction = Optional.empty();

    @Option(
            names = "--level",
            defaultValue = "0.05",
            paramLabel = "P",
            description = "Chance of any false change told of a suite in which nothing changed, at the first look and"
                    + " once more at all later ones together (default: ${DEFAULT-VALUE}).")
    private double level;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "The log of what was told and withdrawn (default: NAME-told.csv beside the history).")
    private Optional<Path> log = Optional.empty();

    @Option(names = "--no-log", description = "Look as if for the first time, and keep no log.")
    private boolean noLog;

    @Option(names = "--page", paramLabel = "FILE", description = "Write one HTML page with every benchmark's history.")
    private Optional<Path> page = Optional.empty();

    @Option(
            names = "--commit-link",
            paramLabel = "URL",
            description = "Where the page links commits to, such as https://example.org/repo/commit/.")
    private String commitLink = "";

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Draw every benchmark that changed, as PNG.")
    private Optional<Path> plots = Optional.empty();

    @Option(
            names = "--tensorboard",
            paramLabel = "FOLDER",
            description = "Write every benchmark's values into this folder as scalars that TensorBoard shows.")
    private Optional<Path> tensorBoard = Optional.empty();

    @Mixin
    private RegressOutput output = new RegressOutput();

    @Override
    public Integer call() throws Exception {
        return RegressStatus.of(spec.commandLine().getErr(), this::run);
    }

    private RegressStatus run() {
        if (!(least >= 0)) {
            throw new UserError("--min-change " + least + ": expected a percentage from 0 on");
        }
        PrintWriter err = spec.commandLine().getErr();
        Progress.reading(err, List.of(file));
        HistoryCsv.Content content = HistoryCsv.read(file, direction);
        content.notes().forEach(note -> err.println("infermark: " + note));
        List<Series> chosen = content.series().stream()
                .filter(s -> benchmark.map(p -> p.matcher(s.benchmark()).find()).orElse(true))
                .toList();
        if (chosen.isEmpty()) {
            throw new UserError("no benchmark in " + file + " matches " + benchmark.map(Pattern::pattern).orElse("")
                    + ": correct --benchmark");
        }
        if (!(level > 0 && level < 1)) {
            throw new UserError("--level " + level + ": give a chance above 0 and below 1, for example 0.02");
        }
        Progress progress = new Progress(err, "benchmarks", chosen.size());
        List<SeriesReport> found = SuiteFindings.of(chosen, new ChangePointDetector(SEED), progress::step);
        SuiteLook look = look(found, err);
        List<SeriesReport> reports = look.reports();
        plots.ifPresent(folder -> draw(folder, reports));
        List<SeriesReport> shown = since.map(run -> from(run, reports)).orElse(reports);
        tensorBoard.ifPresent(folder -> SafeFiles.write(
                folder.resolve(TensorBoardEvents.FILE_NAME), TensorBoardEvents.write(chosen)));
        page.ifPresent(target -> SafeFiles.write(target, HistoryPage.write(shown, commitLink)));
        output.write(
                spec.commandLine().getOut(),
                "Benchmark history",
                summary(shown) + withdrawn(look.log(), Look.at(chosen)),
                HistoryTables.forPeople(shown),
                HistoryTables.forPrograms(shown),
                () -> JUnitXml.history(shown));
        return status(shown);
    }

    /** Only a look at the whole of a regular file, long enough to tell anything, enters the log. */
    private SuiteLook look(List<SeriesReport> found, PrintWriter err) {
        Function<ToldLog, SuiteLook> after = told -> SuiteLook.at(found, told, least / 100, level);
        if (noLog || !Files.isRegularFile(file)) {
            return after.apply(ToldLog.EMPTY);
        }
        ToldFile told = log.map(ToldFile::new).orElseGet(() -> ToldFile.beside(file));
        return benchmark.isPresent() || found.stream().allMatch(SeriesReport::isTooShort)
                ? after.apply(told.read())
                : told.update(after, note -> err.println("infermark: " + note));
    }

    private static void draw(Path folder, List<SeriesReport> reports) {
        Set<String> taken = new HashSet<>();
        for (SeriesReport report : reports) {
            String name = fileName(report.series().benchmark(), taken);
            if (!report.changes().isEmpty()) {
                SafeFiles.write(folder.resolve(name + ".png"), HistoryPlot.png(report));
            }
        }
    }

    /** A name of its own for each benchmark, also where the file system takes capitals for small letters. */
    private static String fileName(String benchmark, Set<String> taken) {
        String safe = benchmark.replaceAll("[^A-Za-z0-9._-]+", "_");
        String plain = safe.length() <= LONGEST_NAME
                ? safe
                : "%s-%08x".formatted(safe.substring(0, LONGEST_NAME), benchmark.hashCode());
        String name = plain;
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = plain + "-" + number;
        }
        return name;
    }

    private List<SeriesReport> from(String run, List<SeriesReport> reports) {
        if (reports.stream().allMatch(r -> place(r.series(), run) < 0)) {
            throw new UserError("--since " + run + ": no benchmark in " + file + " has that run; name one of them");
        }
        return reports.stream()
                .map(r -> r.keep(
                        c -> c.point().index() >= place(r.series(), run),
                        e -> e.episode().from() >= place(r.series(), run)))
                .toList();
    }

    private static int place(Series series, String run) {
        return IntStream.range(0, series.runs().size())
                .filter(i -> series.runs().get(i).label().equals(run))
                .findFirst()
                .orElse(-1);
    }

    private static String summary(List<SeriesReport> reports) {
        List<Change> changes = reports.stream().flatMap(r -> r.changes().stream()).toList();
        long worse = changes.stream().filter(c -> c.verdict() instanceof Verdict.Regressed).count();
        long brief = reports.stream().filter(SeriesReport::isTooShort).count();
        return "%s: %s, %s%s"
                .formatted(
                        Counted.of(reports.size(), "benchmark"),
                        Counted.of(worse, "regression"),
                        Counted.of(changes.size() - worse, "improvement"),
                        brief == 0
                                ? ""
                                : "; %,d with fewer than %d runs, too few to tell"
                                        .formatted(brief, ChangePointDetector.LEAST_RUNS));
    }

    /** What this look withdrew of what was told before. */
    private static String withdrawn(ToldLog log, Look look) {
        List<String> told = log.withdrawn().stream()
                .filter(w -> w.at().equals(look.newest()))
                .map(RegressHistoryCommand::describe)
                .toList();
        return told.isEmpty()
                ? ""
                : "; withdrawn: " + told.stream().limit(MOST_WITHDRAWN).collect(Collectors.joining("; "))
                        + (told.size() > MOST_WITHDRAWN
                                ? "; and %,d more".formatted(told.size() - MOST_WITHDRAWN)
                                : "");
    }

    private static String describe(ToldLog.Withdrawn withdrawn) {
        ToldLog.Finding finding = withdrawn.told().finding();
        return "%s of %s at run %s, told at run %s (%s)"
                .formatted(
                        finding.kind(),
                        finding.benchmark(),
                        finding.run(),
                        withdrawn.told().at(),
                        withdrawn.reason());
    }

    private static RegressStatus status(List<SeriesReport> reports) {
        boolean worse = reports.stream()
                .flatMap(r -> r.changes().stream())
                .anyMatch(c -> c.verdict() instanceof Verdict.Regressed);
        if (worse) {
            return RegressStatus.REGRESSION;
        }
        return reports.stream().allMatch(SeriesReport::isTooShort) ? RegressStatus.CANNOT_TELL : RegressStatus.FINE;
    }
}
