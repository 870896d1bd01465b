package dev.infermark.validate.accuracy;

import dev.infermark.deploy.Quoter;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.calibrate.CalibrationSet;
import dev.infermark.validate.calibrate.Calibrator;
import dev.infermark.validate.calibrate.Parameters;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Subject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Predicts each group of rows with parameters that were fitted to all others. */
public final class CrossValidation {
    private final Parameters parameters;
    private final Calibrations from;
    private final Consumer<String> progress;

    /**
     * A cross-validation.
     *
     * @param parameters what is fitted
     * @param from where each fit begins
     * @param progress is told in a line what happens
     */
    public CrossValidation(Parameters parameters, Calibrations from, Consumer<String> progress) {
        this.parameters = parameters;
        this.from = from;
        this.progress = progress;
    }

    /** Predictions of all subjects, each by the fit that has not seen its group; in the order of the subjects. */
    public List<Answer> run(LeaveOut leaveOut, List<Subject> subjects) {
        CalibrationSet all = CalibrationSet.of(subjects, from);
        Map<String, List<Subject>> groups = new TreeMap<>(subjects.stream()
                .collect(Collectors.groupingBy(subject -> leaveOut.group(subject.measurement()))));
        IdentityHashMap<Subject, Answer> answers = new IdentityHashMap<>();
        int done = 0;
        for (Map.Entry<String, List<Subject>> group : groups.entrySet()) {
            progress.accept("leave one " + leaveOut.name().toLowerCase(Locale.ROOT) + " out: "
                    + group.getKey() + " (" + ++done + " of " + groups.size() + ")");
            CalibrationSet others = all.where(row -> !leaveOut.group(row).equals(group.getKey()));
            boolean isSeen = others.cases().size() < all.cases().size();
            Quoter quoter = Quoter.of(isSeen ? fit(others) : from);
            group.getValue().forEach(subject -> answers.put(subject, new Answer(subject, subject.predict(quoter))));
        }
        List<Answer> inOrder = new ArrayList<>();
        subjects.forEach(subject -> inOrder.add(Objects.requireNonNull(answers.get(subject))));
        return inOrder;
    }

    private Calibrations fit(CalibrationSet others) {
        return new Calibrator(parameters, _ -> {}).fit(others, from).calibrations();
    }
}
