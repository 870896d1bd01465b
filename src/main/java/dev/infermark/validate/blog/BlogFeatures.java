package dev.infermark.validate.blog;

import java.util.List;
import java.util.Optional;

/** The post's table of features of torch-neuron (Inf1) and torch-neuronx (Inf2), with what Infermark has of each. */
public final class BlogFeatures {
    private BlogFeatures() {}

    /**
     * One row.
     *
     * @param name the feature, as the post prints it
     * @param torchNeuron what torch-neuron has
     * @param torchNeuronx what torch-neuronx has
     * @param modelled what Infermark models of it, or that it does not
     * @param command arguments of infermark that show it, where something is modelled
     * @param manual name of the manual's page about it, where there is one
     */
    public record Feature(
            String name,
            String torchNeuron,
            String torchNeuronx,
            String modelled,
            Optional<String> command,
            Optional<String> manual) {}

    /** Every row, in the post's order. */
    public static List<Feature> all() {
        return BlogFile.read("blog-features.csv").stream()
                .map(row -> new Feature(
                        row.required("feature"),
                        row.required("torch_neuron"),
                        row.required("torch_neuronx"),
                        row.required("modelled"),
                        row.get("command"),
                        row.get("manual")))
                .toList();
    }
}
