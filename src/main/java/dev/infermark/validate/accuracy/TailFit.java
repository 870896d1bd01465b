package dev.infermark.validate.accuracy;

import dev.infermark.base.Median;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Finds the spread of calls, 99th percentile over median, in published rows, and tells how well it is foreseen. */
public final class TailFit {
    /** Ratios are kept to parts of this many; nobody publishes more. */
    private static final double RESOLUTION = 1000;

    private TailFit() {}

    /**
     * Spreads of a class beside what is foreseen of each of its rows from rows of other families.
     *
     * @param key the class
     * @param rows how many rows it has
     * @param published the median of their ratios
     * @param medianError median of |foreseen / published − 1|
     */
    public record ClassError(Tails.Key key, int rows, double published, double medianError) {}

    /** The spreads of all trusted rows. */
    public static Tails of(List<Subject> subjects) {
        return fit(subjects, subject -> true);
    }

    /** How well each class is foreseen, each row without the rows of its own family. */
    public static List<ClassError> errors(List<Subject> subjects) {
        Map<Tails.Key, List<Subject>> classes = classes(subjects, subject -> true);
        List<ClassError> errors = new ArrayList<>();
        Map<String, Tails> withoutFamily = new LinkedHashMap<>();
        classes.forEach((key, rows) -> {
            double[] misses = rows.stream()
                    .mapToDouble(row -> {
                        Tails others = withoutFamily.computeIfAbsent(
                                family(row), family -> fit(subjects, other -> !family(other).equals(family)));
                        return Math.abs(others.p99OverP50(key) / ratio(row) - 1);
                    })
                    .toArray();
            errors.add(new ClassError(
                    key, rows.size(), median(rows), Median.of(misses)));
        });
        return errors;
    }

    private static Tails fit(List<Subject> subjects, Predicate<Subject> isUsed) {
        List<Tails.Ratio> ratios = new ArrayList<>();
        classes(subjects, isUsed).forEach((key, rows) -> ratios.add(new Tails.Ratio(
                key, rows.size(), Math.round(median(rows) * RESOLUTION) / RESOLUTION)));
        return new Tails(ratios);
    }

    private static Map<Tails.Key, List<Subject>> classes(List<Subject> subjects, Predicate<Subject> isUsed) {
        Map<Tails.Key, List<Subject>> classes = new LinkedHashMap<>();
        subjects.stream()
                .filter(subject -> subject.measurement().origin().isTrusted())
                .filter(subject -> hasBoth(subject.measurement()))
                .filter(isUsed)
                .forEach(subject -> classes.computeIfAbsent(key(subject), _ -> new ArrayList<>())
                        .add(subject));
        return classes;
    }

    private static Tails.Key key(Subject subject) {
        return Tails.Key.of(subject.network(), subject.scenario().deployment());
    }

    private static boolean hasBoth(Measurement row) {
        return row.figures().latencyP50Millis().isPresent()
                && row.figures().latencyP99Millis().isPresent();
    }

    private static String family(Subject subject) {
        return subject.measurement().setup().family();
    }

    private static double median(List<Subject> rows) {
        return Median.of(rows.stream().mapToDouble(TailFit::ratio).toArray());
    }

    /** At least one: percentiles that were published rounded may lie below the median. */
    private static double ratio(Subject row) {
        Measurement.Figures figures = row.measurement().figures();
        return Math.max(
                1,
                figures.latencyP99Millis().getAsDouble()
                        / figures.latencyP50Millis().getAsDouble());
    }
}
