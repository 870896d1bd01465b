package dev.infermark.bench.peer;

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
import dev.infermark.bench.peer.OnnxRuntime.FloatTensor;
import java.util.List;

/** Models of a single operator of ONNX, for measuring it alone. */
public final class OnnxRuntimeOperator {
    private static final int IR_VERSION = 9;
    private static final int OPSET = 20;

    private OnnxRuntimeOperator() {}

    /**
     * The operator with its attributes, on FP32 inputs that each run gives, followed by constants: a part of the
     * model, as weights are, which a session may prepare beforehand.
     */
    public static ModelProto model(
            String type,
            List<AttributeProto> attributes,
            List<FloatTensor> inputs,
            List<FloatTensor> constants,
            FloatTensor output) {
        NodeProto node = NodeProto.newBuilder()
                .setOpType(type)
                .addAllAttribute(attributes)
                .addAllInput(inputs.stream().map(FloatTensor::name).toList())
                .addAllInput(constants.stream().map(FloatTensor::name).toList())
                .addOutput(output.name())
                .build();
        GraphProto graph = GraphProto.newBuilder()
                .setName(type)
                .addNode(node)
                .addAllInput(inputs.stream().map(OnnxRuntimeOperator::info).toList())
                .addAllInitializer(constants.stream().map(OnnxRuntimeOperator::constant).toList())
                .addOutput(info(output))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build();
    }

    /** An attribute that is a real number. */
    public static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    /** An attribute that is an integer. */
    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    /** An attribute that is a list of integers. */
    public static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    /** An attribute that is a text. */
    public static AttributeProto attribute(String name, String text) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(text))
                .build();
    }

    private static TensorProto constant(FloatTensor tensor) {
        return TensorProto.newBuilder()
                .setName(tensor.name())
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(tensor.shape())
                .setRawData(ByteString.copyFrom(tensor.data().asByteBuffer()))
                .build();
    }

    private static ValueInfoProto info(FloatTensor tensor) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        tensor.shape().forEach(size -> shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(tensor.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }
}
