package dev.infermark.report.regression;

import dev.infermark.base.NumberKind;
import dev.infermark.regress.history.Change;
import dev.infermark.regress.history.PastEpisode;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The changes of histories as tables: one row per change. */
public final class HistoryTables {
    private static final int COMMIT = 12;

    private HistoryTables() {}

    /** For people. */
    public static Table forPeople(List<SeriesReport> reports) {
        return new Table(
                List.of(
                        Column.plain("verdict", "Verdict"),
                        Column.plain("benchmark", "Benchmark"),
                        Column.plain("run", "First run"),
                        Column.plain("commit", "Commit"),
                        Column.plain("unit", "Unit"),
                        Column.result("before", "Before", "", NumberKind.MEASURED),
                        Column.result("after", "After", "", NumberKind.MEASURED),
                        Column.plain("change", "Change"),
                        Column.plain("interval", "95 % interval"),
                        Column.plain("p", "p")),
                reports.stream()
                        .flatMap(report -> Stream.concat(
                                report.changes().stream().map(change -> forPeople(report, change)),
                                report.episodes().stream().map(episode -> forPeople(report, episode))))
                        .toList());
    }

    private static List<Cell> forPeople(SeriesReport report, Change change) {
        return List.of(
                Cell.of(change.verdict().word().toUpperCase(Locale.ROOT)),
                Cell.of(report.series().benchmark()),
                Cell.of(change.run().label()),
                Cell.of(brief(change.run().commit())),
                Cell.of(report.series().unit()),
                Cell.of(change.point().before()),
                Cell.of(change.point().after()),
                Cell.of(Percent.change(change.point().change())),
                Cell.of(Percent.interval(change.point().lower(), change.point().upper())),
                Cell.of(Percent.p(change.point().p())));
    }

    private static List<Cell> forPeople(SeriesReport report, PastEpisode past) {
        String runs = past.first().label() + " – " + past.last().label();
        return List.of(
                Cell.of(past.episode().word() + ", over"),
                Cell.of(report.series().benchmark()),
                Cell.of(runs),
                Cell.of(brief(past.first().commit())),
                Cell.of(report.series().unit()),
                Cell.of(past.episode().level()),
                Cell.of(past.episode().during()),
                Cell.of(Percent.change(past.episode().change())),
                Cell.of("–"),
                Cell.of(Percent.p(past.episode().p())));
    }

    /**
     * For programs: {@code benchmark,run,before,after,change,lower,upper,p,kind,last_run,told_at}, shares instead of
     * percent; the kind is {@code change}, {@code episode} or {@code spike}.
     */
    public static Table forPrograms(List<SeriesReport> reports) {
        return new Table(
                List.of(
                        Column.plain("benchmark", "Benchmark"),
                        Column.plain("run", "First run"),
                        Column.result("before", "Before", "", NumberKind.MEASURED),
                        Column.result("after", "After", "", NumberKind.MEASURED),
                        Column.result("change", "Change", "", NumberKind.MEASURED),
                        Column.result("lower", "Lower", "", NumberKind.MEASURED),
                        Column.result("upper", "Upper", "", NumberKind.MEASURED),
                        Column.plain("p", "p"),
                        Column.plain("kind", "Kind"),
                        Column.plain("last_run", "Last run"),
                        Column.plain("told_at", "Told at run")),
                reports.stream()
                        .flatMap(report -> Stream.concat(report.changes().stream()
                                .map(change -> List.of(
                                        Cell.of(report.series().benchmark()),
                                        Cell.of(change.run().label()),
                                        number(change.point().before()),
                                        number(change.point().after()),
                                        number(change.point().change()),
                                        number(change.point().lower()),
                                        number(change.point().upper()),
                                        number(change.point().p()),
                                        Cell.of("change"),
                                        Cell.of(""),
                                        Cell.of(change.toldAt()))), report.episodes().stream()
                                .map(past -> List.of(
                                        Cell.of(report.series().benchmark()),
                                        Cell.of(past.first().label()),
                                        number(past.episode().level()),
                                        number(past.episode().during()),
                                        number(past.episode().change()),
                                        new Cell.Missing(""),
                                        new Cell.Missing(""),
                                        number(past.episode().p()),
                                        Cell.of(past.episode().word()),
                                        Cell.of(past.last().label()),
                                        Cell.of("")))))
                        .toList());
    }

    /** As much of a commit's hash as tells it apart. */
    static String brief(String commit) {
        return commit.length() > COMMIT ? commit.substring(0, COMMIT) : commit;
    }

    private static Cell number(double value) {
        return Double.isFinite(value) ? Cell.of(value) : new Cell.Missing("inf");
    }
}
