package dev.infermark.validate.measurement;

import dev.infermark.hardware.Generation;
import dev.infermark.lower.SdkVersion;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One published measurement: a row of a file with the columns that {@link MeasurementFile} names.
 *
 * @param id name of the row
 * @param setup what was run and how
 * @param figures what was measured
 * @param origin where it was published and how far it can be trusted
 */
public record Measurement(String id, Setup setup, Figures figures, Origin origin) {

    /**
     * What was run and how; texts are empty where the publication is silent.
     *
     * @param device chip generation: {@code inf1}, {@code inf2} or {@code trn1}
     * @param instanceType rented machine
     * @param model network
     * @param family networks of one architecture
     * @param task what the network computes
     * @param framework framework with its version
     * @param runMode {@code data-parallel}, {@code single-stream}, {@code model-pipeline} or {@code tensor-parallel}
     * @param cores NeuronCores used
     * @param tensorParallelDegree cores that share one copy of the network
     * @param batch sequences or images per call
     * @param sequenceLength tokens per sequence
     * @param inputLength tokens of a prompt
     * @param outputLength tokens generated
     * @param imageSize pixels, such as {@code 224x224}
     * @param modelType element type of the checkpoint
     * @param autoCast what the compiler cast, such as {@code matmult-bf16}
     * @param weightType element type of stored weights where it differs
     * @param models copies of the network loaded
     * @param workersPerModel clients of each copy
     * @param application {@code real-time} or {@code batch}
     * @param sdk release of the Neuron SDK
     */
    public record Setup(
            String device,
            String instanceType,
            String model,
            String family,
            String task,
            String framework,
            String runMode,
            OptionalInt cores,
            OptionalInt tensorParallelDegree,
            OptionalLong batch,
            OptionalLong sequenceLength,
            OptionalLong inputLength,
            OptionalLong outputLength,
            String imageSize,
            String modelType,
            String autoCast,
            String weightType,
            OptionalInt models,
            OptionalInt workersPerModel,
            String application,
            Optional<SdkVersion> sdk) {

        /** The release as text. */
        public Optional<String> release() {
            return sdk.map(SdkVersion::toString);
        }

        /** The generation of the device's cores. */
        Generation generation() {
            return switch (device) {
                case "inf1" -> Generation.NEURONCORE_V1;
                case "inf2", "trn1" -> Generation.NEURONCORE_V2;
                default -> throw new IllegalStateException("the file of measurements let in device " + device);
            };
        }
    }

    /**
     * What was measured.
     *
     * @param throughput sequences, images or tokens per second
     * @param throughputUnit {@code inf/s}, {@code img/s} or {@code tok/s}
     * @param latencyP50Millis median time of a call
     * @param latencyP99Millis 99th percentile
     * @param ttftP50Millis median time to the first token
     * @param tpotP50Millis median time per further token
     * @param inFlight calls in flight
     */
    public record Figures(
            OptionalDouble throughput,
            String throughputUnit,
            OptionalDouble latencyP50Millis,
            OptionalDouble latencyP99Millis,
            OptionalDouble ttftP50Millis,
            OptionalDouble tpotP50Millis,
            OptionalDouble inFlight) {}

    /**
     * Where a row was published and how far it can be trusted.
     *
     * @param firstSeen date of the publication
     * @param sourceFile file in which it appeared
     * @param sourceCommit commit of that file
     * @param quality {@code ok}, or {@code suspect:} and the reason
     * @param notes remarks
     */
    public record Origin(String firstSeen, String sourceFile, String sourceCommit, String quality, String notes) {
        private static final String HELD_OUT = "seed-blog";

        /** Whether the row may be calibrated and scored on. */
        public boolean isTrusted() {
            return quality.equalsIgnoreCase("ok");
        }

        /** Whether the row belongs to the blog's table, which examines the models and is never calibrated on. */
        public boolean isHeldOut() {
            return sourceFile.equalsIgnoreCase(HELD_OUT);
        }
    }

    /** Calls in flight, as published or by Little's law: throughput · latency / batch; empty when neither is known. */
    public OptionalDouble inFlight() {
        if (figures.inFlight().isPresent()) {
            return figures.inFlight();
        }
        if (figures.throughput().isEmpty() || figures.latencyP50Millis().isEmpty() || setup.batch().isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(figures.throughput().getAsDouble() * figures.latencyP50Millis().getAsDouble() / 1e3
                / setup.batch().getAsLong());
    }
}
