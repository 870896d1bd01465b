package dev.infermark.reader.rewrite;

import dev.infermark.graph.Node;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** One operator in place of a matched pattern. */
final class Replacement {

    private Replacement() {}

    /** The operator on these inputs, writing what the last node of the pattern wrote; empty if shapes differ. */
    static Optional<List<Node>> of(Node last, Operator operator, Tensor... inputs) {
        if (!inputs[0].shape().equals(last.output().shape())) {
            return Optional.empty();
        }
        return Optional.of(List.of(new Node(
                last.name(), last.layer(), operator, List.of(inputs), last.outputs(), last.repetitions())));
    }
}
