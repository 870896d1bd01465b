package dev.infermark.reader.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All operators that are known, by name. */
final class OnnxOperators {
    private static final Set<String> STANDARD = Set.of("", "ai.onnx");
    private static final Set<String> CONTRIBUTED = Set.of("com.microsoft", "com.microsoft.nchwc");
    private static final Map<String, OnnxOperator> OPERATORS = joined(List.of(
            OnnxElements.operators(),
            OnnxShapes.operators(),
            OnnxSelections.operators(),
            OnnxImages.operators(),
            OnnxNormalizations.operators(),
            OnnxMatrices.operators(),
            OnnxReductions.operators(),
            OnnxQuantized.operators(),
            OnnxAttention.operators()));
    private static final Map<String, OnnxOperator> FUSED =
            joined(List.of(OPERATORS, OnnxFused.operators(), OnnxFusedAttention.operators()));

    private OnnxOperators() {}

    /** The operator of a name in a domain; empty where it is unmodelled. */
    static Optional<OnnxOperator> find(String domain, String name) {
        if (STANDARD.contains(domain)) {
            return Optional.ofNullable(OPERATORS.get(name));
        }
        return CONTRIBUTED.contains(domain) ? Optional.ofNullable(FUSED.get(name)) : Optional.empty();
    }

    private static Map<String, OnnxOperator> joined(List<Map<String, OnnxOperator>> groups) {
        Map<String, OnnxOperator> all = new HashMap<>();
        groups.forEach(all::putAll);
        return Map.copyOf(all);
    }
}
