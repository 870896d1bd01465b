package dev.infermark.reader.onnx;

import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names that a graph of the file can see: its own, and those of the graph around it. */
final class OnnxScope {
    private final Map<String, Value> values = new HashMap<>();
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

    Optional<Value> find(String name) {
        Value own = values.get(name);
        return own != null ? Optional.of(own) : outer.flatMap(scope -> scope.find(name));
    }
}
