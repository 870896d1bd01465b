package dev.infermark.reader.tensorflow;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * One model on its way into a graph.
 *
 * @param file where it comes from
 * @param graph its nodes and functions
 * @param results the names of the tensors that the caller gets back
 * @param dimensions sizes of its open dimensions
 */
record TensorFlowModel(ModelFile file, GraphDef graph, List<String> results, DimensionBindings dimensions) {
    private static final Set<String> WITHOUT_RESULT = Set.of("NoOp", "Assert", "Placeholder", "Const");

    /** A frozen graph, whose results are what no other node reads. */
    static TensorFlowModel of(ModelFile file, GraphDef graph, DimensionBindings dimensions) {
        Set<String> read = new HashSet<>();
        for (NodeDef node : graph.getNodeList()) {
            node.getInputList().forEach(input -> read.add(TensorFlowNames.node(input)));
        }
        List<String> results = graph.getNodeList().stream()
                .filter(node -> !read.contains(node.getName()) && !WITHOUT_RESULT.contains(node.getOp()))
                .map(NodeDef::getName)
                .toList();
        return new TensorFlowModel(file, graph, results, dimensions);
    }

    /** A saved model, of which a signature says what the caller gives and gets. */
    static TensorFlowModel of(
            ModelFile file, SavedModel saved, Optional<String> wanted, DimensionBindings dimensions) {
        MetaGraphDef meta = saved.getMetaGraphsList().stream()
                .findFirst()
                .orElseThrow(() -> new UserError(file.name() + " holds no graph; save the model again"));
        SignatureDef signature = Signatures.choose(file.name(), meta, wanted);
        List<String> results = signature.getOutputsMap().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .map(TensorInfo::getName)
                .toList();
        Map<String, TensorInfo> given = new HashMap<>();
        signature.getInputsMap().values().forEach(input -> given.put(TensorFlowNames.node(input.getName()), input));
        GraphDef part = new TensorFlowCut(meta.getGraphDef(), given, results).part();
        return new TensorFlowModel(file, part, results, dimensions);
    }

    /** The part between these tensors of a graph; no outputs leave what no other node reads. */
    static TensorFlowModel cut(
            ModelFile file, GraphDef graph, List<String> inputs, List<String> outputs, DimensionBindings dimensions) {
        Set<String> known = new HashSet<>();
        graph.getNodeList().forEach(node -> known.add(node.getName()));
        Stream.concat(inputs.stream(), outputs.stream())
                .filter(name -> !known.contains(TensorFlowNames.node(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new UserError(file.name() + " has no node " + name + "; name one for --input and --output");
                });
        List<String> results = outputs.isEmpty() ? of(file, graph, dimensions).results() : outputs;
        Map<String, TensorInfo> given = new HashMap<>();
        inputs.forEach(name -> given.put(TensorFlowNames.node(name), TensorInfo.getDefaultInstance()));
        return new TensorFlowModel(file, new TensorFlowCut(graph, given, results).part(), results, dimensions);
    }

    /** The graph, everything open bound, with these branches of conditionals. */
    Graph translate(GraphChoices choices) {
        if (results.isEmpty()) {
            throw new UserError(file.name() + " holds no TensorFlow operators; freeze or save the model again");
        }
        Translation translation = new Translation(file.title());
        TensorFlowInputs inputs = new TensorFlowInputs(translation, dimensions, graph);
        inputs.check(file.name());
        TensorFlowBody body = new TensorFlowBody(
                translation,
                graph.getNodeList(),
                TensorFlowFunctions.of(graph, choices),
                inputs,
                Map.of(),
                "",
                0);
        List<Value> outputs = body.values(results);
        return translation.finish(outputs);
    }
}
