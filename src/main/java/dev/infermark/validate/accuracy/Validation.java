package dev.infermark.validate.accuracy;

import dev.infermark.deploy.Quoter;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.generate.GenerationSubject;
import dev.infermark.validate.generate.GenerationSubjects;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Subjects;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of measurements beside what the model says of each row.
 *
 * @param rows all rows in their order
 * @param answers the predicted ones in their order
 * @param refused the others, with the reasons
 */
public record Validation(List<Measurement> rows, List<Answer> answers, List<Subjects.Refused> refused) {

    /** Copies the lists. */
    public Validation {
        rows = List.copyOf(rows);
        answers = List.copyOf(answers);
        refused = List.copyOf(refused);
    }

    /** Predicts every row, sorted into subjects, with the same parameters. */
    public static Validation of(List<Measurement> rows, Subjects subjects, Calibrations calibrations) {
        Quoter quoter = Quoter.of(calibrations);
        return new Validation(
                rows,
                subjects.accepted().stream()
                        .map(subject -> new Answer(subject, subject.predict(quoter)))
                        .toList(),
                subjects.refused());
    }

    /** Predicts every row, sorted into subjects, with parameters that have not been fitted to its group. */
    public static Validation leaving(
            LeaveOut leaveOut, List<Measurement> rows, Subjects subjects, CrossValidation validation) {
        return new Validation(rows, validation.run(leaveOut, subjects.accepted()), subjects.refused());
    }

    /** The same with rows about text generation taken out that are predicted, and the others' reasons in place. */
    public Validation withReasons(GenerationSubjects generation) {
        Set<Measurement> predicted =
                generation.accepted().stream().map(GenerationSubject::measurement).collect(Collectors.toSet());
        return new Validation(
                rows,
                answers.stream()
                        .filter(each -> !predicted.contains(each.measurement()))
                        .toList(),
                refused.stream()
                        .filter(each -> !predicted.contains(each.measurement()))
                        .map(each -> new Subjects.Refused(
                                each.measurement(),
                                generation.refused().getOrDefault(each.measurement(), each.reason())))
                        .toList());
    }

    /** The predicted rows whose published values can be trusted. */
    public List<Answer> trusted() {
        return answers.stream()
                .filter(answer -> answer.measurement().origin().isTrusted())
                .toList();
    }

    /** The predicted rows whose published values are doubtful. */
    public List<Answer> suspect() {
        return answers.stream()
                .filter(answer -> !answer.measurement().origin().isTrusted())
                .toList();
    }
}
