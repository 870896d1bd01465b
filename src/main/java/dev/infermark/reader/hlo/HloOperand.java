package dev.infermark.reader.hlo;

import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.List;

/** Broadcasts that are put off until an operation needs them: element-wise operations broadcast by themselves. */
final class HloOperand {

    private HloOperand() {}

    /** The value with all axes and sizes that it is declared to have. */
    static Value complete(Translation graph, String name, Value value, TensorType declared) {
        if (value.shape().equals(declared.shape())) {
            return value;
        }
        Movement movement = new Movement(graph);
        List<Long> padded = new ArrayList<>(value.shape().dimensions());
        while (padded.size() < declared.shape().rank()) {
            padded.addFirst(1L);
        }
        Value ranked = movement.reshape(name + ".rank", value, new Shape(padded));
        return movement.expand(name + ".broadcast", ranked, declared.shape());
    }

    /** The operand of a broadcast with its axes where they belong; missing ones have size 1, outer ones are left. */
    static Value placed(Translation graph, String name, Value value, List<Integer> axes, Shape result) {
        List<Long> dimensions = new ArrayList<>(java.util.Collections.nCopies(result.rank(), 1L));
        for (int i = 0; i < axes.size(); i++) {
            dimensions.set(axes.get(i), value.dimension(i));
        }
        while (!dimensions.isEmpty() && dimensions.getFirst() == 1 && dimensions.size() > 1) {
            dimensions.removeFirst();
        }
        Shape shape = axes.isEmpty() ? Shape.of() : new Shape(dimensions);
        return new Movement(graph).reshape(name, value, shape);
    }
}
