package dev.infermark.graph;

import java.util.List;

/**
 * Exchange of tensors between the cores that run a network together.
 *
 * <p>Input: one core's part. Output: one core's result.
 *
 * @param kind what each core holds afterwards
 * @param participants cores in one group, 1 or more
 * @param result the shape of the result
 */
public record Collective(Kind kind, long participants, Shape result) implements Operator {

    /** What each core holds afterwards. */
    public enum Kind {
        /** The sum over all cores. */
        ALL_REDUCE,
        /** The parts of all cores, joined. */
        ALL_GATHER,
        /** Its part of the sum over all cores. */
        REDUCE_SCATTER,
        /** One piece of every core's part. */
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
        return List.of(inputs.getFirst().withShape(result));
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return switch (kind) {
            case ALL_REDUCE, REDUCE_SCATTER -> new Work(0, inputs.getFirst().shape().elements());
            case ALL_GATHER, ALL_TO_ALL, PERMUTE -> Work.NONE;
        };
    }
}
