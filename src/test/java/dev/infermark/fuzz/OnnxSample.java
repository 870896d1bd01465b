package dev.infermark.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;

/** A small network as exporters write it: convolution, ReLU, pooling and a product. */
final class OnnxSample {
    private OnnxSample() {}

    static byte[] convolution() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("g")
                .addInput(tensor("x", 1, 3, 16, 16))
                .addOutput(tensor("y", 1, 10))
                .addInitializer(weight("w", 8, 3, 3, 3))
                .addInitializer(weight("b", 8))
                .addInitializer(weight("m", 8 * 8 * 8, 10))
                .addNode(node("Conv", "c", List.of("x", "w", "b"), ints("pads", 1, 1, 1, 1)))
                .addNode(node("Relu", "r", List.of("c")))
                .addNode(node("MaxPool", "p", List.of("r"), ints("kernel_shape", 2, 2), ints("strides", 2, 2)))
                .addNode(node("Flatten", "f", List.of("p")))
                .addNode(node("MatMul", "y", List.of("f", "m")));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static ValueInfoProto tensor(String name, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        Arrays.stream(sizes).forEach(size ->
                shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }

    private static TensorProto weight(String name, long... sizes) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(Arrays.stream(sizes).boxed().toList())
                .build();
    }

    private static NodeProto node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static AttributeProto ints(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList())
                .build();
    }
}
