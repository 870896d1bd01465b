package dev.infermark.reader.tensorflow;

import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** TensorFlow's element types and stored tensors as those of the graph. */
final class TensorFlowTypes {
    /** Longer vectors of floating-point numbers are weights, whose contents are never needed. */
    private static final int MOST_FLOATS = 16;

    private TensorFlowTypes() {}

    static dev.infermark.numerics.DataType elementType(DataType type) {
        return switch (type) {
            case DT_FLOAT, DT_FLOAT_REF, DT_RESOURCE, DT_INVALID -> dev.infermark.numerics.DataType.FP32;
            case DT_HALF -> dev.infermark.numerics.DataType.FP16;
            case DT_BFLOAT16 -> dev.infermark.numerics.DataType.BF16;
            case DT_DOUBLE -> dev.infermark.numerics.DataType.FP64;
            case DT_INT64, DT_UINT64 -> dev.infermark.numerics.DataType.INT64;
            case DT_INT32, DT_UINT32, DT_QINT32 -> dev.infermark.numerics.DataType.INT32;
            case DT_INT16, DT_UINT16 -> dev.infermark.numerics.DataType.INT16;
            case DT_INT8, DT_QINT8 -> dev.infermark.numerics.DataType.INT8;
            case DT_UINT8, DT_QUINT8, DT_STRING -> dev.infermark.numerics.DataType.UINT8;
            case DT_BOOL -> dev.infermark.numerics.DataType.BOOL;
            default -> throw new IllegalArgumentException("element type " + type + " is not modelled");
        };
    }

    static Shape shape(TensorShapeProto shape) {
        List<Long> dimensions = new ArrayList<>();
        shape.getDimList().forEach(dimension -> dimensions.add(dimension.getSize()));
        return new Shape(dimensions);
    }

    /** The tensor of a constant node; floating-point ones of more than one element are learned. */
    static Value stored(Translation graph, String name, TensorProto tensor) {
        TensorType type = new TensorType(elementType(tensor.getDtype()), shape(tensor.getTensorShape()));
        boolean isLearned = type.type().isFloatingPoint() && type.shape().elements() > 1;
        if (tensor.getTensorContent().size() > 0
                && tensor.getDtype() != DataType.DT_STRING
                && tensor.getTensorContent().size() != type.bytes()) {
            throw new IllegalArgumentException("tensor " + name + " " + type + " needs " + type.bytes()
                    + " bytes and has " + tensor.getTensorContent().size());
        }
        long most = isLearned ? MOST_FLOATS : Literal.MOST_ELEMENTS;
        if (type.shape().elements() > most || tensor.getDtype() == DataType.DT_STRING) {
            return isLearned ? graph.parameter(name, type) : graph.constant(name, type);
        }
        Literal literal = contents(tensor, type);
        return isLearned ? graph.parameter(name, literal) : graph.known(literal);
    }

    private static Literal contents(TensorProto tensor, TensorType type) {
        double[] elements = new double[(int) type.shape().elements()];
        IntToDoubleFunction element = packed(tensor, type).orElseGet(() -> listed(tensor));
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element.applyAsDouble(i);
        }
        return Literal.of(type, elements);
    }

    private static Optional<IntToDoubleFunction> packed(TensorProto tensor, TensorType type) {
        if (tensor.getTensorContent().isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer raw = tensor.getTensorContent().asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        return Optional.of(
                switch (type.type()) {
                    case FP32, TF32 -> i -> raw.getFloat(4 * i);
                    case FP64 -> i -> raw.getDouble(8 * i);
                    case BF16 -> i -> Float.intBitsToFloat(raw.getShort(2 * i) << 16);
                    case FP16 -> i -> Float.float16ToFloat(raw.getShort(2 * i));
                    case INT64 -> i -> raw.getLong(8 * i);
                    case INT32 -> i -> raw.getInt(4 * i);
                    case INT16 -> i -> raw.getShort(2 * i);
                    case INT8, UINT8, BOOL, CFP8 -> i -> raw.get(i);
                });
    }

    /** Elements in a list, whose last one stands for all that are missing. */
    private static IntToDoubleFunction listed(TensorProto tensor) {
        List<? extends Number> numbers = tensor.getFloatValCount() > 0
                ? tensor.getFloatValList()
                : tensor.getInt64ValCount() > 0
                        ? tensor.getInt64ValList()
                        : tensor.getIntValCount() > 0 ? tensor.getIntValList() : tensor.getDoubleValList();
        List<Boolean> truths = tensor.getBoolValList();
        if (!truths.isEmpty()) {
            return i -> truths.get(Math.min(i, truths.size() - 1)) ? 1 : 0;
        }
        return i -> numbers.isEmpty() ? 0 : numbers.get(Math.min(i, numbers.size() - 1)).doubleValue();
    }
}
