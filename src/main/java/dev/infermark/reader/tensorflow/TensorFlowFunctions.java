package dev.infermark.reader.tensorflow;

import dev.infermark.reader.GraphChoices;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;

/**
 * The functions that nodes of a graph call.
 *
 * @param byName all of them
 * @param choices the branches that are taken where the file leaves them open
 */
record TensorFlowFunctions(Map<String, FunctionDef> byName, GraphChoices choices) {

    /** The functions of a graph. */
    static TensorFlowFunctions of(GraphDef graph, GraphChoices choices) {
        Map<String, FunctionDef> byName = new HashMap<>();
        graph.getLibrary()
                .getFunctionList()
                .forEach(function -> byName.put(function.getSignature().getName(), function));
        return new TensorFlowFunctions(byName, choices);
    }

    /** The function of a name, which must be there. */
    FunctionDef find(String name) {
        return Optional.ofNullable(byName.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the function that it calls is not there"));
    }
}
