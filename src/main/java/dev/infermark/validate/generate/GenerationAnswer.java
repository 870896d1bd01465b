package dev.infermark.validate.generate;

import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.WeightStorage;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.simulate.Calibrations;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A measurement of text generation beside what the model says of it.
 *
 * @param subject the row
 * @param prediction the model's answer
 */
public record GenerationAnswer(GenerationSubject subject, GenerationPrediction prediction) {

    /** Every row predicted by the same parameters. */
    public static List<GenerationAnswer> of(
            List<GenerationSubject> subjects, Calibrations calibrations, GenerationCalibration generation) {
        return subjects.stream()
                .map(each -> new GenerationAnswer(each, each.scenario().predict(calibrations, generation)))
                .toList();
    }

    /** Every row predicted by parameters that were fitted to the rows of all other models; in the order of the rows. */
    public static List<GenerationAnswer> leavingModelsOut(
            List<GenerationSubject> subjects, Calibrations calibrations, Consumer<String> progress) {
        Map<String, List<GenerationSubject>> models = new TreeMap<>(subjects.stream()
                .collect(Collectors.groupingBy(each -> each.measurement().setup().model())));
        IdentityHashMap<GenerationSubject, GenerationAnswer> answers = new IdentityHashMap<>();
        GenerationFit fit = new GenerationFit(calibrations);
        models.forEach((model, rows) -> {
            progress.accept("leave one model out: " + model + " (" + rows.size() + " rows)");
            GenerationCalibration generation = fit.fit(subjects.stream()
                    .filter(each -> !each.measurement().setup().model().equals(model))
                    .toList());
            of(rows, calibrations, generation).forEach(each -> answers.put(each.subject(), each));
        });
        return subjects.stream()
                .map(each -> Objects.requireNonNull(answers.get(each)))
                .toList();
    }

    /** Modelled over the target − 1, in per cent, where the row has the quantity. */
    public OptionalDouble errorPercent(GenerationQuantity quantity) {
        OptionalDouble target = quantity.target(subject);
        return target.isEmpty()
                ? target
                : OptionalDouble.of(100 * (quantity.modelled(subject, prediction) / target.getAsDouble() - 1));
    }

    /** How far a quantity may be off. */
    public Interval interval(GenerationQuantity quantity, GenerationIntervals intervals) {
        return intervals.of(
                quantity, subject.scenario().runtime(), WeightStorage.BF16, subject.scenario().shape());
    }
}
