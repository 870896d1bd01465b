package dev.infermark.reader.tensorflow;

import dev.infermark.graph.Shape;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * TensorFlow's slice with its masks resolved.
 *
 * @param starts where to begin on each axis of the operand
 * @param steps the step on each axis
 * @param part the size of the part on each axis of the operand
 * @param result the shape with axes dropped and added
 */
record StridedSlice(List<Long> starts, List<Long> steps, Shape part, Shape result) {

    /** Resolves the masks of a node. */
    static StridedSlice of(TensorFlowNode node) {
        List<Long> begins = node.numbers(1);
        List<Long> ends = node.numbers(2);
        List<Long> strides = node.numbers(3);
        Shape whole = node.input(0).shape();
        long ellipsis = node.attribute("ellipsis_mask").getI();
        long added = node.attribute("new_axis_mask").getI();
        List<Long> starts = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        List<Long> part = new ArrayList<>();
        List<Long> result = new ArrayList<>();
        for (int i = 0; i < begins.size(); i++) {
            if (isSet(ellipsis, i)) {
                long later = java.util.stream.IntStream.range(i + 1, begins.size())
                        .filter(j -> !isSet(added, j))
                        .count();
                while (starts.size() < whole.rank() - later) {
                    keep(whole, starts, steps, part, result);
                }
            } else if (isSet(added, i)) {
                result.add(1L);
            } else {
                long size = whole.dimension(starts.size());
                boolean dropped = isSet(node.attribute("shrink_axis_mask").getI(), i);
                long step = dropped ? 1 : strides.get(i);
                boolean fromStart = isSet(node.attribute("begin_mask").getI(), i) && !dropped;
                boolean toEnd = isSet(node.attribute("end_mask").getI(), i) && !dropped;
                long first = step > 0 ? 0 : size - 1;
                long begin = fromStart ? first : bounded(begins.get(i), size, step);
                long end = toEnd ? (step > 0 ? size : -1) : bounded(ends.get(i), size, step);
                long length = dropped ? 1 : Math.max(0, Math.ceilDiv(end - begin, step));
                starts.add(begin);
                steps.add(step);
                part.add(length);
                if (!dropped) {
                    result.add(length);
                }
            }
        }
        while (starts.size() < whole.rank()) {
            keep(whole, starts, steps, part, result);
        }
        return new StridedSlice(starts, steps, new Shape(part), new Shape(result));
    }

    /** The part of the node's first input. */
    Value apply(TensorFlowNode node) {
        Value sliced = node.movement().slice(node.name(), node.input(0), starts, steps, part);
        return node.movement().reshape(node.name() + ".squeeze", sliced, result);
    }

    private static void keep(
            Shape whole, List<Long> starts, List<Long> steps, List<Long> part, List<Long> result) {
        part.add(whole.dimension(starts.size()));
        result.add(whole.dimension(starts.size()));
        starts.add(0L);
        steps.add(1L);
    }

    private static long bounded(long position, long size, long step) {
        long fromStart = position < 0 ? position + size : position;
        return step > 0 ? Math.clamp(fromStart, 0, size) : Math.clamp(fromStart, -1, size - 1);
    }

    private static boolean isSet(long mask, int bit) {
        return (mask >> bit & 1) == 1;
    }
}
