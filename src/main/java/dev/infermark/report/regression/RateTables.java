package dev.infermark.report.regression;

import dev.infermark.regress.study.AnnotatedSeries;
import dev.infermark.regress.study.DetectorStudy;
import dev.infermark.regress.study.GateRates;
import dev.infermark.regress.study.HistoryRates;
import dev.infermark.regress.study.NightStudy;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How often the rules erred, as tables; shares, not percent, in files. */
public final class RateTables {
    private RateTables() {}

    /** The gate's rates beside those of other rules, by kind of data. */
    public static Table gate(Map<String, List<GateRates>> rates) {
        List<List<Cell>> rows = new ArrayList<>();
        rates.forEach((data, all) -> all.forEach(r -> rows.add(List.of(
                Cell.of(data),
                Cell.of(r.rule().label()),
                share(r.falseAlarms()),
                share(r.falseSuites()),
                share(r.found()),
                share(r.foundQuiet()),
                share(r.foundAlone()),
                share(r.shownGreen()),
                share(r.f1())))));
        return new Table(
                List.of(
                        Column.plain("data", "Data"),
                        Column.plain("rule", "Rule"),
                        Column.plain("false_alarms", "A/A: false alarms per benchmark"),
                        Column.plain("false_suites", "A/A: suites with any"),
                        Column.plain("found", "Change found"),
                        Column.plain("found_quiet", "found, CV < 2 %"),
                        Column.plain("found_alone", "found alone in suite, CV < 2 %"),
                        Column.plain("shown_green", "changed but shown green"),
                        Column.plain("f1", "F1")),
                rows);
    }

    /** The change-point detector's rates, by kind of data. */
    public static Table history(Map<String, HistoryRates> rates) {
        List<List<Cell>> rows = new ArrayList<>();
        rates.forEach((data, r) -> rows.add(List.of(
                Cell.of(data),
                share(r.falseSeries()),
                share(r.quietF1()),
                share(r.anyF1()),
                share(r.anyFound()),
                Cell.of(r.delay()))));
        return new Table(
                List.of(
                        Column.plain("data", "Data"),
                        Column.plain("false_series", "Flat, 100 runs: any false change"),
                        Column.plain("quiet_f1", "+5 % step, quiet: F1"),
                        Column.plain("any_f1", "+10 % step, any: F1"),
                        Column.plain("any_found", "found"),
                        Column.plain("delay_runs", "Delay, quiet (runs, median)")),
                rows);
    }

    /** The detector's answers to the questions of a study. */
    public static Table detector(List<DetectorStudy.Answer> answers) {
        return new Table(
                List.of(
                        Column.plain("question", "Question"),
                        Column.plain("data", "Data"),
                        Column.plain("share", "Measured"),
                        Column.plain("goal", "Goal")),
                answers.stream()
                        .map(a -> List.of(Cell.of(a.question()), Cell.of(a.data()),
                                share(a.share()), Cell.of(a.goal())))
                        .toList());
    }

    /** What flat suites told night after night. */
    public static Table falseReports(List<NightStudy.FalseReports> rates) {
        return new Table(
                List.of(
                        Column.plain("data", "Data"),
                        Column.plain("first_look", "First look: false reports"),
                        Column.plain("per_night", "each later night"),
                        Column.plain("suites", "suites with any in 100 nights")),
                rates.stream()
                        .map(r -> List.of(
                                Cell.of(r.data()), share(r.firstLook()), share(r.perNight()), share(r.suites())))
                        .toList());
    }

    /** How late a suite tells a step in one benchmark. */
    public static Table delays(List<NightStudy.Delay> delays) {
        return new Table(
                List.of(
                        Column.plain("data", "Data"),
                        Column.plain("step", "Step"),
                        Column.plain("delay_runs_median", "Told after runs, median"),
                        Column.plain("delay_runs_p90", "90 %"),
                        Column.plain("delay_runs_alone", "median, looked at alone")),
                delays.stream()
                        .map(d -> List.of(
                                Cell.of(d.data()),
                                Cell.of(Percent.change(d.step())),
                                Cell.of(d.median()),
                                Cell.of(d.late()),
                                Cell.of(d.alone())))
                        .toList());
    }

    /** How well the detector agrees with people, series by series, and on the mean. */
    public static Table annotated(List<AnnotatedSeries.Score> scores) {
        List<List<Cell>> rows = new ArrayList<>();
        scores.forEach(s -> rows.add(List.of(
                Cell.of(s.name()), Cell.of(s.length()), Cell.of(s.found()), share(s.f1()), share(s.cover()))));
        rows.add(List.of(
                Cell.of("mean of %,d series".formatted(scores.size())),
                Cell.of(""),
                Cell.of(scores.stream().mapToInt(AnnotatedSeries.Score::found).sum()),
                share(scores.stream().mapToDouble(AnnotatedSeries.Score::f1).average().orElse(0)),
                share(scores.stream().mapToDouble(AnnotatedSeries.Score::cover).average().orElse(0))));
        return new Table(
                List.of(
                        Column.plain("series", "Series"),
                        Column.plain("values", "Values"),
                        Column.plain("changes_found", "Changes found"),
                        Column.plain("f1", "F1"),
                        Column.plain("cover", "Cover")),
                rows);
    }

    private static Cell share(double value) {
        return Cell.of(String.format(Locale.ROOT, "%.4f", value));
    }
}
