package dev.infermark.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What parameters are fitted to.
 *
 * @param cases configurations in the order in which their first rows appear
 */
public record CalibrationSet(List<CalibrationCase> cases) {

    private record Key(Scenario scenario, String device) {}

    /** Copies the list. */
    public CalibrationSet {
        cases = List.copyOf(cases);
    }

    /**
     * The trusted rows of mature compilers, by configuration. Left out are the blog's rows, which examine the models,
     * and Trainium1, which examines whether a chip file alone suffices.
     */
    public static CalibrationSet of(List<Subject> subjects) {
        Map<Key, List<Subject>> groups = subjects.stream()
                .filter(subject -> isUsable(subject.measurement()))
                .collect(Collectors.groupingBy(CalibrationSet::key, LinkedHashMap::new, Collectors.toList()));
        return new CalibrationSet(groups.values().stream().map(CalibrationCase::of).toList());
    }

    /** The cases whose rows satisfy a condition. */
    CalibrationSet where(Predicate<Measurement> condition) {
        return new CalibrationSet(cases.stream()
                .filter(each -> condition.test(each.subject().measurement()))
                .toList());
    }

    private static Key key(Subject subject) {
        return new Key(Configuration.scenario(subject), subject.measurement().setup().device());
    }

    private static boolean isUsable(Measurement row) {
        boolean isPublished = row.figures().latencyP50Millis().isPresent()
                || row.figures().throughput().isPresent();
        return isPublished
                && row.origin().isTrusted()
                && !row.origin().isExam()
                && MeasurementClass.of(row).isFitted();
    }
}
