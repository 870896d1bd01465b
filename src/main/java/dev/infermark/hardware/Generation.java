package dev.infermark.hardware;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A generation of NeuronCores: cores that share a compiler, a runtime and calibrated parameters. A core that
 * {@code extends} another one inherits its generation.
 */
public enum Generation {
    /** The core of Inferentia1, for which {@code neuron-cc} compiles. */
    NEURONCORE_V1("neuroncore-v1"),
    /** The core of Inferentia2 and Trainium1, for which {@code neuronx-cc} compiles. */
    NEURONCORE_V2("neuroncore-v2");

    private final String label;

    Generation(String label) {
        this.label = label;
    }

    /** The generation that is written as {@code label}. */
    @JsonCreator
    public static Generation ofLabel(String label) {
        return Arrays.stream(values())
                .filter(generation -> generation.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new UserError("unknown generation '" + label + "'; there are "
                        + Arrays.stream(values()).map(Generation::label).collect(Collectors.joining(", "))));
    }

    /** The word for people and files, which is also the name of the generation's own core. */
    @JsonValue
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
