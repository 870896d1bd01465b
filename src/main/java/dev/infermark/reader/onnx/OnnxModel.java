package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.file.DimensionBindings;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One model on its way into a graph. */
final class OnnxModel {
    private static final int OLDEST_OPSET = 7;

    private final ModelFile file;
    private final ModelProto model;
    private final DimensionBindings dimensions;
    private final GraphChoices choices;
    private final Translation graph;
    private final long opset;
    private final Map<String, TypeProto> declared = new HashMap<>();

    OnnxModel(ModelFile file, ModelProto model, DimensionBindings dimensions, GraphChoices choices) {
        this.choices = choices;
        this.file = file;
        this.model = model;
        this.dimensions = dimensions;
        this.graph = new Translation(file.title());
        this.opset = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(OLDEST_OPSET);
    }

    /** The graph, everything open bound. */
    Graph translate() {
        if (opset < OLDEST_OPSET) {
            throw new UserError(file.name() + " uses opset " + opset + "; convert it to opset " + OLDEST_OPSET
                    + " or later with onnx.version_converter");
        }
        GraphProto main = model.getGraph();
        OnnxScope scope = new OnnxScope(Optional.empty());
        main.getInitializerList()
                .forEach(tensor -> scope.define(tensor.getName(), OnnxTensors.initializer(graph, tensor)));
        main.getSparseInitializerList().forEach(sparse -> {
            throw new UserError(file.name() + " holds the sparse tensor "
                    + sparse.getValues().getName() + "; export it with dense weights");
        });
        Set<String> stored = new HashSet<>();
        main.getInitializerList().forEach(tensor -> stored.add(tensor.getName()));
        Map<String, TensorType> types = inputTypes(main, stored);
        types.forEach((name, type) -> scope.define(name, graph.input(name, type)));
        main.getValueInfoList().forEach(info -> declared.put(info.getName(), info.getType()));
        main.getOutputList().forEach(info -> declared.put(info.getName(), info.getType()));
        OnnxBody body = new OnnxBody(graph, opset, stored, this::declaredType, choices);
        body.translate(main.getNodeList(), scope);
        List<Value> outputs = new ArrayList<>();
        for (ValueInfoProto output : main.getOutputList()) {
            outputs.add(scope.find(output.getName())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "output " + output.getName() + " is written by no operator")));
        }
        if (outputs.isEmpty()) {
            throw new UserError(file.name() + " declares no output; export the model again");
        }
        return graph.finish(outputs);
    }

    /** The types of what the caller gives, all open dimensions bound. */
    private Map<String, TensorType> inputTypes(GraphProto main, Set<String> stored) {
        Map<String, TensorType> types = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (ValueInfoProto input : main.getInputList()) {
            if (!stored.contains(input.getName())) {
                OnnxTypes.declared(input.getName(), input.getType(), dimensions)
                        .ifPresentOrElse(
                                type -> types.put(input.getName(), type), () -> unknown.add(input.getName()));
            }
        }
        dimensions.check(file.name());
        if (!unknown.isEmpty()) {
            throw new UserError(file.name() + " declares no tensor shape for input " + String.join(", ", unknown)
                    + "; export the model with shapes");
        }
        return types;
    }

    /** The type that the file declares for a result, where no dimension of it is open. */
    private Optional<TensorType> declaredType(String name) {
        return Optional.ofNullable(declared.get(name))
                .flatMap(type -> OnnxTypes.declared(name, type, dimensions));
    }
}
