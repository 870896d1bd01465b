package dev.infermark.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts of a tensor along one axis, one output each; also what splits a tensor.
 *
 * <p>Input: the tensor, and where the parts are only known at run time, the indices that their offsets count from.
 * Outputs: the input's shape with the axis as long as the part.
 *
 * @param axis the axis that is cut; negative axes count from the innermost, -1
 * @param parts which elements along the axis each output has
 */
public record Slice(int axis, List<Part> parts) implements Operator {

    /**
     * Elements along an axis.
     *
     * @param offset the first one
     * @param length how many
     * @param step from each one to the next; negative to go backwards
     */
    public record Part(long offset, long length, long step) {

        /** Refuses negative lengths and a step of 0. */
        public Part {
            if (length < 0 || step == 0) {
                throw new IllegalArgumentException("a part of " + length + " elements by steps of " + step);
            }
        }

        private boolean fits(long size) {
            long last = Math.addExact(offset, Math.multiplyExact(step, length - 1));
            return length == 0 || (offset >= 0 && offset < size && last >= 0 && last < size);
        }
    }

    /** Copies the list. */
    public Slice {
        parts = List.copyOf(parts);
    }

    /** One part of adjacent elements. */
    public static Slice of(int axis, long offset, long length) {
        return new Slice(axis, List.of(new Part(offset, length, 1)));
    }

    /** Adjacent parts of these lengths, from the first element on. */
    public static Slice split(int axis, List<Long> lengths) {
        List<Part> parts = new ArrayList<>();
        long offset = 0;
        for (long length : lengths) {
            parts.add(new Part(offset, length, 1));
            offset = Math.addExact(offset, length);
        }
        return new Slice(axis, parts);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        TensorType whole = inputs.getFirst();
        long size = whole.shape().dimension(axis);
        List<TensorType> types = new ArrayList<>();
        for (Part part : parts) {
            if (!part.fits(size)) {
                throw new IllegalArgumentException("part " + part + " of " + whole + " along axis " + axis);
            }
            types.add(whole.withShape(whole.shape().with(axis, part.length())));
        }
        return types;
    }

    @Override
    public Work work(List<TensorType> inputs, List<TensorType> outputs) {
        return Work.NONE;
    }

    /** Parts that divide the axis evenly keep dividing it evenly; where the axis stays as long, nothing changes. */
    @Override
    public Slice resized(List<TensorType> before, List<TensorType> after) {
        long old = before.getFirst().shape().dimension(axis);
        long now = after.getFirst().shape().dimension(axis);
        if (old == now) {
            return this;
        }
        List<Part> scaled = new ArrayList<>();
        for (Part part : parts) {
            if (part.step() != 1) {
                throw new IllegalArgumentException("part " + part + " of an axis of " + old + " that becomes " + now);
            }
            scaled.add(new Part(
                    Resizing.scaled(part.offset(), old, now), Resizing.scaled(part.length(), old, now), 1));
        }
        return new Slice(axis, scaled);
    }
}
