package dev.infermark.runtime.compiled;

import dev.infermark.hardware.Generation;
import dev.infermark.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalDouble;
import tools.jackson.core.type.TypeReference;

/**
 * The time that the neuronx compiler takes: {@code seconds · (parameters / 10⁹)^exponent}. It was published for
 * language models alone, whose prompt and token are two programs; the curve says no more than an order of magnitude.
 *
 * @param seconds for a model of 10⁹ parameters
 * @param exponent of the number of parameters
 * @param factor by which 90 % of the published times are off at most, each foreseen from the others
 */
public record CompileTime(double seconds, double exponent, double factor) {
    private static final double BILLION = 1e9;
    private static final double MOST_SECONDS = 1e6;
    private static final double MOST_FACTOR = 100;

    /** Refuses numbers that cannot be. */
    public CompileTime {
        JsonRecords.require("seconds", seconds, 0, MOST_SECONDS);
        JsonRecords.require("exponent", exponent, 0, 2);
        JsonRecords.require("factor", factor, 1, MOST_FACTOR);
    }

    /** The curve that comes with this release. */
    public static CompileTime builtIn() {
        try (var in = Objects.requireNonNull(CompileTime.class.getResourceAsStream("compile-time.json"))) {
            return JsonRecords.parse(
                    "compile-time.json",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    new TypeReference<>() {},
                    "write it by infermark compile-times --out");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds for so many parameters; none for NeuronCore-v1, of whose compiler no time was published. */
    public OptionalDouble seconds(Generation generation, long parameters) {
        return switch (generation) {
            case NEURONCORE_V1 -> OptionalDouble.empty();
            case NEURONCORE_V2 -> OptionalDouble.of(seconds((double) parameters));
        };
    }

    /** Seconds of the neuronx compiler for so many parameters. */
    public double seconds(double parameters) {
        return seconds * Math.pow(parameters / BILLION, exponent);
    }
}
