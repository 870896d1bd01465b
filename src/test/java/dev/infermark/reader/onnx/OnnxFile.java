package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.infermark.graph.Graph;
import dev.infermark.reader.file.DimensionBindings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes small ONNX files the way exporters do; weights have sizes and no contents. */
final class OnnxFile {
    final GraphProto.Builder graph = GraphProto.newBuilder();
    private final long opset;
    private int count;

    OnnxFile(long opset) {
        this.opset = opset;
    }

    String input(String name, Object... dimensions) {
        graph.addInput(info(name, TensorProto.DataType.FLOAT, dimensions));
        return name;
    }

    String ids(String name, Object... dimensions) {
        graph.addInput(info(name, TensorProto.DataType.INT64, dimensions));
        return name;
    }

    static ValueInfoProto info(String name, TensorProto.DataType type, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder written = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dimension instanceof String symbol
                    ? written.setDimParam(symbol)
                    : written.setDimValue(((Number) dimension).longValue()));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    String weight(String name, long... dimensions) {
        return weight(name, TensorProto.DataType.FLOAT, dimensions);
    }

    String weight(String name, TensorProto.DataType type, long... dimensions) {
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(Arrays.stream(dimensions).boxed().toList()));
        return name;
    }

    /** A weight as stripped models have it: filled by a node whose shape is stored as bytes and also an input. */
    String light(String name, long... dimensions) {
        TensorProto fill = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(1)
                .addFloatData(0.02f)
                .build();
        return node("ConstantOfShape", name, List.of(bytes(name + "__SHAPE", dimensions)), attribute("value", fill));
    }

    /** Whole numbers stored as bytes, which the first versions of the format also list as inputs. */
    String bytes(String name, long... values) {
        java.nio.ByteBuffer raw =
                java.nio.ByteBuffer.allocate(8 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(raw::putLong);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length)
                .setRawData(ByteString.copyFrom(raw.flip())));
        return ids(name, values.length);
    }

    String numbers(String name, long... values) {
        graph.addInitializer(tensor(name, values).addDims(values.length));
        return name;
    }

    static TensorProto.Builder tensor(String name, long... values) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addAllInt64Data(Arrays.stream(values).boxed().toList());
    }

    String number(String name, float value) {
        TensorProto tensor = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(java.nio.ByteBuffer.allocate(4)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .putFloat(value)
                        .flip()))
                .build();
        return node("Constant", name, List.of(), attribute("value", tensor));
    }

    String constant(String name, long... values) {
        return node("Constant", name, List.of(), attribute("value", tensor("", values).addDims(values.length).build()));
    }

    String scalar(String name, long value) {
        return node("Constant", name, List.of(), attribute("value", tensor("", value).build()));
    }

    String node(String operator, String result, List<String> inputs, AttributeProto... attributes) {
        return nodes("", operator, List.of(result), inputs, attributes);
    }

    String nodes(
            String domain, String operator, List<String> results, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operator)
                .setName(results.getFirst() + "/" + operator)
                .addAllInput(inputs)
                .addAllOutput(results)
                .addAllAttribute(List.of(attributes)));
        return results.getFirst();
    }

    /** A node whose result gets a new name. */
    String op(String operator, List<String> inputs, AttributeProto... attributes) {
        return node(operator, operator.toLowerCase(java.util.Locale.ROOT) + "_" + ++count, inputs, attributes);
    }

    OnnxFile output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        return this;
    }

    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addOpsetImport(OperatorSetIdProto.newBuilder()
                        .setDomain("com.microsoft")
                        .setVersion(1))
                .build();
    }

    Graph read(Map<String, Long> dimensions) {
        return read(model().toByteArray(), dimensions);
    }

    Graph read() {
        return read(Map.of());
    }

    static Graph read(byte[] bytes, Map<String, Long> dimensions) {
        try {
            Path file = Files.createTempFile("model", ".onnx");
            try {
                Files.write(file, bytes);
                return OnnxReader.read(file, new DimensionBindings(dimensions));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, TensorProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, GraphProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(value)
                .build();
    }

    static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }
}
