package dev.infermark.reader.tensorflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All operators that are known, by name. */
final class TensorFlowOperators {
    private static final Map<String, TensorFlowOperator> OPERATORS = joined(List.of(
            TensorFlowElements.operators(),
            TensorFlowShapes.operators(),
            TensorFlowImages.operators(),
            TensorFlowMatrices.operators()));

    private TensorFlowOperators() {}

    /** The operator of a name; empty where it is unmodelled. */
    static Optional<TensorFlowOperator> find(String name) {
        return Optional.ofNullable(OPERATORS.get(name));
    }

    private static Map<String, TensorFlowOperator> joined(List<Map<String, TensorFlowOperator>> groups) {
        Map<String, TensorFlowOperator> all = new HashMap<>();
        groups.forEach(all::putAll);
        return Map.copyOf(all);
    }
}
