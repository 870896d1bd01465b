package dev.infermark.graph;

import java.util.List;

/**
 * Shift and scale to zero mean or unit size, then by learned parameters.
 *
 * <p>Inputs: x, then scale, then shift where the kind has them; for {@link Kind#BATCH} also mean and variance as
 * {@link TensorRole#CONSTANT}. Output: the shape of x.
 *
 * @param kind over which elements the statistics go
 * @param groups channel groups of {@link Kind#GROUP}, 1 for the others
 */
public record Normalization(Kind kind, long groups) implements Operator {

    /** Over which elements the statistics go. */
    public enum Kind {
        /** Mean and variance over the innermost dimension. */
        LAYER,
        /** Root mean square over the innermost dimension. */
        RMS,
        /** Fixed statistics per channel: one multiplication and addition per element. */
        BATCH,
        /** Mean and variance over the spatial dimensions and a group of channels. */
        GROUP
    }

    /** A normalisation without channel groups. */
    public Normalization(Kind kind) {
        this(kind, 1);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return List.of(inputs.getFirst());
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        int operations =
                switch (kind) {
                    case LAYER, GROUP -> 7;
                    case RMS -> 4;
                    case BATCH -> 2;
                };
        return Work.perElement(operations, outputs.getFirst().shape());
    }

    @Override
    public String mnemonic() {
        return switch (kind) {
            case LAYER -> "LayerNorm";
            case RMS -> "RmsNorm";
            case BATCH -> "BatchNorm";
            case GROUP -> "GroupNorm";
        };
    }
}
