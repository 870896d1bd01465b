package dev.infermark.report.plan;

import dev.infermark.plan.Setup;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.measurement.Measurement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The published measurement that is most like a deployment, to judge a prediction by. */
public final class NearestMeasured {
    private final List<Measurement> ofModel;

    /** Among the trusted measurements of a model. */
    public NearestMeasured(String model, List<Measurement> measurements) {
        this.ofModel = measurements.stream()
                .filter(measurement -> measurement.setup().model().equalsIgnoreCase(model))
                .filter(measurement -> measurement.origin().isTrusted())
                .toList();
    }

    /**
     * The nearest one in words: first of the same instance type, then of the same number of cores for a copy, then
     * by the ratio of batches, then the newest; empty where the model was never measured on the chip.
     */
    public Optional<String> of(Setup setup) {
        String chip = setup.instance().name().replaceFirst("\\..*", "");
        return ofModel.stream()
                .filter(measurement -> measurement.setup().device().equals(chip))
                .min(Comparator.comparing((Measurement measurement) ->
                                !measurement.setup().instanceType().equals(setup.instance().name()))
                        .thenComparing(measurement ->
                                measurement.setup().tensorParallelDegree().orElse(1) != setup.coresPerCopy())
                        .thenComparingDouble(measurement -> Math.abs(Math.log(
                                (double) measurement.setup().batch().orElse(1) / setup.batch())))
                        .thenComparing(measurement -> measurement.origin().firstSeen(), Comparator.reverseOrder())
                        .thenComparing(Measurement::id))
                .map(NearestMeasured::words);
    }

    private static String words(Measurement measurement) {
        Measurement.Setup setup = measurement.setup();
        StringBuilder words = new StringBuilder(setup.instanceType());
        setup.sequenceLength().ifPresent(tokens -> words.append(", ").append(tokens).append(" tokens"));
        setup.inputLength().ifPresent(tokens -> words.append(", ").append(tokens).append(" tokens in"));
        setup.outputLength().ifPresent(tokens -> words.append(", ").append(tokens).append(" out"));
        setup.batch().ifPresent(batch -> words.append(", batch ").append(batch));
        figure(words, measurement.figures().latencyP50Millis(), " ms");
        figure(words, measurement.figures().tpotP50Millis(), " ms per token");
        figure(words, measurement.figures().throughput(), " " + measurement.figures().throughputUnit());
        return words + ", published " + measurement.origin().firstSeen();
    }

    private static void figure(StringBuilder words, OptionalDouble value, String unit) {
        value.ifPresent(number ->
                words.append(", ").append(TableFormat.forPeople(Cell.of(number))).append(unit));
    }
}
