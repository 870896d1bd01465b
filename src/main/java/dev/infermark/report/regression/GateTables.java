package dev.infermark.report.regression;

import dev.infermark.base.NumberKind;
import dev.infermark.regress.statistics.ForksNeeded;
import dev.infermark.regress.verdict.Effect;
import dev.infermark.regress.verdict.Judgement;
import dev.infermark.regress.verdict.Verdict;
import dev.infermark.regress.verdict.Verdict.Doubt;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The verdicts of a suite as tables. */
public final class GateTables {
    private GateTables() {}

    /** For people: what needs attention first. */
    public static Table forPeople(List<Judgement> judgements) {
        return new Table(
                List.of(
                        Column.plain("verdict", "Verdict"),
                        Column.plain("benchmark", "Benchmark"),
                        Column.plain("unit", "Unit"),
                        Column.result("baseline", "Baseline", "", NumberKind.MEASURED),
                        Column.result("candidate", "Candidate", "", NumberKind.MEASURED),
                        Column.plain("change", "Change"),
                        Column.plain("interval", "95 % interval"),
                        Column.plain("p", "Adjusted p"),
                        Column.plain("note", "Note")),
                bySeverity(judgements).stream()
                        .map(j -> List.of(
                                Cell.of(word(j.verdict())),
                                Cell.of(j.comparison().benchmark()),
                                Cell.of(j.comparison().unit()),
                                Cell.of(j.baseline()),
                                Cell.of(j.candidate()),
                                Cell.of(j.verdict().size().map(e -> Percent.change(e.change())).orElse("–")),
                                Cell.of(j.verdict().size().map(Percent::interval).orElse("–")),
                                Cell.of(j.verdict().size().map(e -> Percent.p(e.p())).orElse("–")),
                                Cell.of(note(j))))
                        .toList());
    }

    /** For programs: every number whole, shares instead of percent. */
    public static Table forPrograms(List<Judgement> judgements) {
        return new Table(
                List.of(
                        Column.plain("benchmark", "Benchmark"),
                        Column.plain("unit", "Unit"),
                        Column.plain("direction", "Direction"),
                        Column.plain("verdict", "Verdict"),
                        Column.result("baseline", "Baseline", "", NumberKind.MEASURED),
                        Column.result("candidate", "Candidate", "", NumberKind.MEASURED),
                        Column.result("change", "Change", "", NumberKind.MEASURED),
                        Column.result("lower", "Lower", "", NumberKind.MEASURED),
                        Column.result("upper", "Upper", "", NumberKind.MEASURED),
                        Column.plain("p", "Adjusted p"),
                        Column.plain("baseline_forks", "Baseline forks"),
                        Column.plain("candidate_forks", "Candidate forks"),
                        Column.plain("forks_needed", "Forks needed"),
                        Column.plain("outliers", "Outliers"),
                        Column.plain("reason", "Reason"),
                        Column.plain("doubt", "Doubt")),
                judgements.stream().map(GateTables::row).toList());
    }

    private static List<Cell> row(Judgement j) {
        return List.of(
                Cell.of(j.comparison().benchmark()),
                Cell.of(j.comparison().unit()),
                Cell.of(j.comparison().direction().label()),
                Cell.of(j.verdict().word()),
                Cell.of(j.baseline()),
                Cell.of(j.candidate()),
                number(j, Effect::change),
                number(j, Effect::lower),
                number(j, Effect::upper),
                number(j, Effect::p),
                Cell.of((long) j.comparison().baseline().size()),
                Cell.of((long) j.comparison().candidate().size()),
                forksNeeded(j.verdict()).isPresent()
                        ? Cell.of((long) forksNeeded(j.verdict()).getAsInt())
                        : new Cell.Missing(""),
                Cell.of(String.join("; ", j.outliers())),
                Cell.of(reason(j.verdict())),
                Cell.of(doubt(j.verdict()).map(Doubt::label).orElse("")));
    }

    private static Cell number(Judgement j, ToDoubleFunction<Effect> part) {
        return j.verdict()
                .size()
                .map(part::applyAsDouble)
                .filter(Double::isFinite)
                .<Cell>map(Cell::of)
                .orElse(new Cell.Missing(""));
    }

    /** What is worth saying about a verdict in words: why it is open, what would settle it, and outliers. */
    static String note(Judgement j) {
        String forks = forksNeeded(j.verdict()).isEmpty()
                ? ""
                : "; needs " + (forksNeeded(j.verdict()).getAsInt() == ForksNeeded.MOST ? "at least " : "")
                        + forksNeeded(j.verdict()).getAsInt() + " forks per side";
        String outliers = j.outliers().isEmpty() ? "" : "outliers kept: " + String.join(", ", j.outliers());
        String reason = reason(j.verdict()) + forks;
        return reason.isEmpty() || outliers.isEmpty() ? reason + outliers : reason + "; " + outliers;
    }

    private static String reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Inconclusive(_, String reason, _, _) -> reason;
            case Verdict.Regressed _, Verdict.Improved _, Verdict.Unchanged _ -> "";
        };
    }

    private static Optional<Doubt> doubt(Verdict verdict) {
        return verdict instanceof Verdict.Inconclusive open ? Optional.of(open.doubt()) : Optional.empty();
    }

    private static OptionalInt forksNeeded(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Inconclusive(_, _, OptionalInt forks, _) -> forks;
            case Verdict.Regressed _, Verdict.Improved _, Verdict.Unchanged _ -> OptionalInt.empty();
        };
    }

    private static List<Judgement> bySeverity(List<Judgement> judgements) {
        return judgements.stream()
                .sorted(Comparator.comparingInt(j -> switch (j.verdict()) {
                    case Verdict.Regressed _ -> 0;
                    case Verdict.Inconclusive _ -> 1;
                    case Verdict.Improved _ -> 2;
                    case Verdict.Unchanged _ -> 3;
                }))
                .toList();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Regressed _, Verdict.Inconclusive _ -> verdict.word().toUpperCase(Locale.ROOT);
            case Verdict.Improved _, Verdict.Unchanged _ -> verdict.word();
        };
    }

    /** One line that counts the verdicts, such as {@code 1 regressed, 0 inconclusive, 2 improved, 97 unchanged}. */
    public static String summary(List<Judgement> judgements) {
        return Stream.of("regressed", "inconclusive", "improved", "unchanged")
                .map(word -> judgements.stream().filter(j -> j.verdict().word().equals(word)).count() + " " + word
                        + (word.equals("inconclusive") ? doubts(judgements) : ""))
                .collect(Collectors.joining(", "));
    }

    private static String doubts(List<Judgement> judgements) {
        String parts = Stream.of(Doubt.values())
                .map(doubt -> Map.entry(
                        doubt,
                        judgements.stream().filter(j -> doubt(j.verdict()).filter(doubt::equals).isPresent()).count()))
                .filter(part -> part.getValue() > 0)
                .map(part -> part.getValue() + " " + part.getKey().label().replace('_', ' '))
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "" : " (" + parts + ")";
    }
}
