package dev.infermark.reader.onnx;

import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names that a graph of the file can see: its own, and those of the graph around it. */
final class OnnxScope {
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Optional<OnnxScope> outer;

    OnnxScope(Optional<OnnxScope> outer) {
        this.outer = outer;
    }

    /** Makes a name known, which must be new to this graph. */
    void define(String name, Value value) {
        if (!name.isEmpty() && values.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("the name " + name + " is given twice");
        }
    }

    /** Makes a name one that may be given but not read. */
    void refuse(String name, String reason) {
        refused.put(name, reason);
    }

    /**
     * The value of a name.
     *
     * @throws IllegalArgumentException telling the reason when it may not be read
     */
    Optional<Value> find(String name) {
        String reason = refused.get(name);
        if (reason != null) {
            throw new IllegalArgumentException(reason);
        }
        Value own = values.get(name);
        return own != null ? Optional.of(own) : outer.flatMap(scope -> scope.find(name));
    }
}
