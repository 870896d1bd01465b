package dev.infermark.validate.calibrate;

import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementClass;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Scenario;
import dev.infermark.validate.scenario.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What parameters are fitted to.
 *
 * @param cases configurations in the order in which their first rows appear
 */
public record CalibrationSet(List<CalibrationCase> cases) {

    private record Key(Scenario scenario, Optional<SdkVersion> era) {}

    /** Copies the list. */
    public CalibrationSet {
        cases = List.copyOf(cases);
    }

    /**
     * The trusted rows by configuration and era of the SDK. Left out are the blog's rows, which examine the models,
     * Trainium1, which examines whether a chip file alone suffices, and networks of other kinds, which examine whether
     * the parameters hold beyond what they are fitted to.
     *
     * @param subjects the rows
     * @param eras calibrations that tell the eras
     */
    public static CalibrationSet of(List<Subject> subjects, Calibrations eras) {
        Map<Key, List<Subject>> groups = subjects.stream()
                .filter(subject -> isUsable(subject.measurement()))
                .collect(Collectors.groupingBy(
                        subject -> key(subject, eras), LinkedHashMap::new, Collectors.toList()));
        return new CalibrationSet(groups.values().stream().map(CalibrationCase::of).toList());
    }

    /** The cases whose rows satisfy a condition. */
    public CalibrationSet where(Predicate<Measurement> condition) {
        return new CalibrationSet(cases.stream()
                .filter(each -> condition.test(each.subject().measurement()))
                .toList());
    }

    private static Key key(Subject subject, Calibrations eras) {
        SdkVersion sdk = subject.scenario().deployment().sdk();
        SdkVersion era = eras.of(subject.core().generation()).eras().floorKey(sdk);
        return new Key(Configuration.scenario(subject), Optional.ofNullable(era));
    }

    private static boolean isUsable(Measurement row) {
        boolean isPublished = row.figures().latencyP50Millis().isPresent()
                || row.figures().throughput().isPresent();
        return isPublished
                && row.origin().isTrusted()
                && !row.origin().isHeldOut()
                && MeasurementClass.of(row).isFitted();
    }
}
