package dev.infermark.reader.tensorflow;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Writes small frozen graphs; weights have sizes and one element that stands for all. */
final class GraphFile {
    final GraphDef.Builder graph = GraphDef.newBuilder();

    String node(String operator, String name, List<String> inputs) {
        graph.addNode(NodeDef.newBuilder().setName(name).setOp(operator).addAllInput(inputs));
        return name;
    }

    private NodeDef.Builder last() {
        return graph.getNodeBuilder(graph.getNodeCount() - 1);
    }

    String placeholder(String name, DataType type, long... dimensions) {
        node("Placeholder", name, List.of());
        last().putAttr("dtype", AttrValue.newBuilder().setType(type).build());
        last().putAttr("shape", AttrValue.newBuilder().setShape(shape(dimensions)).build());
        return name;
    }

    String weight(String name, long... dimensions) {
        return constant(name, TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape(dimensions))
                .addFloatVal(0.1f));
    }

    String number(String name, float value) {
        return constant(name, TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape())
                .addFloatVal(value));
    }

    String integers(String name, int... values) {
        return constant(name, TensorProto.newBuilder()
                .setDtype(DataType.DT_INT32)
                .setTensorShape(shape(values.length))
                .addAllIntVal(Arrays.stream(values).boxed().toList()));
    }

    String scalar(String name, int value) {
        return constant(
                name,
                TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorShape(shape()).addIntVal(value));
    }

    private String constant(String name, TensorProto.Builder tensor) {
        node("Const", name, List.of());
        last().putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
        return name;
    }

    String window(String operator, String name, List<String> inputs, long stride, String padding) {
        node(operator, name, inputs);
        last().putAttr(
                "strides",
                AttrValue.newBuilder()
                        .setList(AttrValue.ListValue.newBuilder().addAllI(List.of(1L, stride, stride, 1L)))
                        .build());
        last().putAttr("padding", text(padding));
        last().putAttr("data_format", text("NHWC"));
        return name;
    }

    String keeping(String operator, String name, List<String> inputs) {
        node(operator, name, inputs);
        last().putAttr("keep_dims", AttrValue.newBuilder().setB(true).build());
        return name;
    }

    static AttrValue text(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }

    static AttrValue integer(long value) {
        return AttrValue.newBuilder().setI(value).build();
    }

    byte[] bytes() {
        return graph.build().toByteArray();
    }

    private static TensorShapeProto shape(long... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dimension : dimensions) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dimension));
        }
        return shape.build();
    }
}
