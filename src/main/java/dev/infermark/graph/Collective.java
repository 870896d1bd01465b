package dev.infermark.graph;

import java.util.List;

/**
 * Exchange of tensors between the cores that run a network together.
 *
 * <p>Inputs: one core's parts, of one tensor or of several that are exchanged together. Outputs: one core's results.
 *
 * @param kind what each core holds afterwards
 * @param participants cores in one group, 1 or more
 * @param axis the axis along which parts are joined or cut; without meaning for sums and permutations
 */
public record Collective(Kind kind, long participants, int axis) implements Operator {

    /** What each core holds afterwards. */
    public enum Kind {
        /** The sum over all cores. */
        ALL_REDUCE,
        /** The parts of all cores, joined. */
        ALL_GATHER,
        /** Its part of the sum over all cores. */
        REDUCE_SCATTER,
        /** One piece of every core's part, joined along the axis that was cut. */
        ALL_TO_ALL,
        /** The part of one other core. */
        PERMUTE
    }

    /** Refuses fewer cores than one. */
    public Collective {
        if (participants < 1) {
            throw new IllegalArgumentException(kind + " among " + participants + " cores");
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return inputs.stream().map(this::result).toList();
    }

    private TensorType result(TensorType part) {
        Shape shape = part.shape();
        return switch (kind) {
            case ALL_REDUCE, PERMUTE, ALL_TO_ALL -> part;
            case ALL_GATHER ->
                    part.withShape(shape.with(axis, Math.multiplyExact(shape.dimension(axis), participants)));
            case REDUCE_SCATTER ->
                    part.withShape(shape.with(axis, Resizing.scaled(shape.dimension(axis), participants, 1)));
        };
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return switch (kind) {
            case ALL_REDUCE, REDUCE_SCATTER -> new Work(
                    0,
                    inputs.stream()
                            .mapToLong(input -> input.shape().elements())
                            .reduce(0, Math::addExact));
            case ALL_GATHER, ALL_TO_ALL, PERMUTE -> Work.NONE;
        };
    }
}
