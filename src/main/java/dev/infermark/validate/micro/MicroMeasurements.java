package dev.infermark.validate.micro;

import dev.infermark.base.Refusal;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.simulate.StageTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The vendor's timings of single kernels on NeuronCore-v2, published beside what the instruction costs predict. */
public final class MicroMeasurements {
    private static final String CORE = "neuroncore-v2";

    private MicroMeasurements() {}

    /** What the model says of a published timing. */
    public sealed interface Answer {
        /** The published timing. */
        MicroMeasurement published();
    }

    /** A timing with its prediction. */
    public record Predicted(MicroMeasurement published, StageTime modelled) implements Answer {

        /** Modelled over published time, minus one. */
        public double error() {
            return modelled.seconds() / published.seconds() - 1;
        }
    }

    /** A timing that is not predicted, with the reason. */
    public record Refused(MicroMeasurement published, String reason) implements Answer {}

    /** All published timings, in the order of their publications. */
    public static List<MicroMeasurement> published() {
        try (var in = Objects.requireNonNull(
                MicroMeasurements.class.getResourceAsStream("micro-measurements.json"))) {
            return JsonMapper.shared().readValue(in, new TypeReference<List<MicroMeasurement>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Predicts or refuses every published timing. */
    public static List<Answer> take(Catalog catalog) {
        NeuronCore core = catalog.core(CORE);
        return published().stream().map(measurement -> answer(measurement, core)).toList();
    }

    /** The mean of the absolute errors of what is predicted. */
    public static double meanAbsoluteError(List<Answer> answers) {
        return absoluteErrors(answers).average().orElseThrow();
    }

    /** The largest absolute error of what is predicted. */
    public static double worstAbsoluteError(List<Answer> answers) {
        return absoluteErrors(answers).max().orElseThrow();
    }

    private static DoubleStream absoluteErrors(List<Answer> answers) {
        return answers.stream()
                .filter(Predicted.class::isInstance)
                .map(Predicted.class::cast)
                .mapToDouble(predicted -> Math.abs(predicted.error()));
    }

    private static Answer answer(MicroMeasurement measurement, NeuronCore core) {
        try {
            return new Predicted(measurement, measurement.kernel().time(measurement.name(), core));
        } catch (Refusal refusal) {
            return new Refused(measurement, String.valueOf(refusal.getMessage()));
        }
    }
}
