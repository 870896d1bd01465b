package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/** The tensors stored in a file: sizes of the large ones, contents of the small ones. */
final class OnnxTensors {
    /** Longer vectors of floating-point numbers are weights, whose contents are never needed. */
    private static final int MOST_FLOATS = 16;

    private OnnxTensors() {}

    /** A stored tensor; floating-point and 8-bit ones are learned, other whole numbers are not. */
    static Value initializer(Translation graph, TensorProto tensor) {
        TensorType type = type(tensor);
        Optional<Literal> literal = contents(tensor, type);
        if (isLearned(type)) {
            return literal.map(known -> graph.parameter(tensor.getName(), known))
                    .orElseGet(() -> graph.parameter(tensor.getName(), type));
        }
        return literal.map(graph::known).orElseGet(() -> graph.constant(tensor.getName(), type));
    }

    /** The tensor of a constant node; a single number in it is not learned. */
    static Value constant(Translation graph, String name, TensorProto tensor) {
        TensorType type = type(tensor);
        Optional<Literal> literal = contents(tensor, type);
        if (isLearned(type) && type.shape().elements() > 1) {
            return literal.map(known -> graph.parameter(name, known)).orElseGet(() -> graph.parameter(name, type));
        }
        return literal.map(graph::known).orElseGet(() -> graph.constant(name, type));
    }

    /** The type of a stored tensor, which its contents must fit where there are any. */
    static TensorType type(TensorProto tensor) {
        Shape shape = new Shape(tensor.getDimsList());
        TensorType type = new TensorType(OnnxTypes.elementType(tensor.getDataType()), shape);
        long stored = tensor.getRawData().size();
        boolean isDense = tensor.getDataType() <= TensorProto.DataType.BFLOAT16_VALUE
                && tensor.getDataType() != TensorProto.DataType.STRING_VALUE
                && tensor.getDataType() != TensorProto.DataType.COMPLEX64_VALUE
                && tensor.getDataType() != TensorProto.DataType.COMPLEX128_VALUE;
        if (stored > 0 && isDense && stored != type.bytes()) {
            throw new IllegalArgumentException("tensor " + tensor.getName() + " " + type + " needs " + type.bytes()
                    + " bytes and has " + stored);
        }
        return type;
    }

    private static boolean isLearned(TensorType type) {
        return switch (type.type()) {
            case FP32, TF32, BF16, FP16, CFP8, FP64, INT8, UINT8 -> true;
            case INT16, INT32, INT64, BOOL -> false;
        };
    }

    private static Optional<Literal> contents(TensorProto tensor, TensorType type) {
        long elements = type.shape().elements();
        if (elements > (isLearned(type) ? MOST_FLOATS : Literal.MOST_ELEMENTS)) {
            return Optional.empty();
        }
        return reader(tensor, type.type(), elements).map(read -> {
            double[] values = new double[(int) elements];
            for (int i = 0; i < values.length; i++) {
                values[i] = read.applyAsDouble(i);
            }
            return Literal.of(type, values);
        });
    }

    /** How to read the element at an offset; empty where the file does not hold the contents. */
    private static Optional<IntToDoubleFunction> reader(TensorProto tensor, DataType type, long elements) {
        if (!tensor.getRawData().isEmpty()) {
            // A view of the file starts at the tensor's place in it; a slice counts offsets from there.
            ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
            return raw.remaining() < elements * type.bytes() ? Optional.empty() : Optional.of(raw(raw, type));
        }
        if (elements == 0) {
            return Optional.of(_ -> 0);
        }
        if (tensor.getInt64DataCount() >= elements) {
            return Optional.of(tensor::getInt64Data);
        }
        if (tensor.getFloatDataCount() >= elements) {
            return Optional.of(tensor::getFloatData);
        }
        if (tensor.getDoubleDataCount() >= elements) {
            return Optional.of(tensor::getDoubleData);
        }
        if (tensor.getInt32DataCount() >= elements) {
            return Optional.of(i -> type == DataType.FP16
                    ? Float.float16ToFloat((short) tensor.getInt32Data(i))
                    : tensor.getInt32Data(i));
        }
        return tensor.getUint64DataCount() >= elements ? Optional.of(tensor::getUint64Data) : Optional.empty();
    }

    private static IntToDoubleFunction raw(ByteBuffer raw, DataType type) {
        return switch (type) {
            case FP32, TF32 -> i -> raw.getFloat(4 * i);
            case FP64 -> i -> raw.getDouble(8 * i);
            case BF16 -> i -> Float.intBitsToFloat(raw.getShort(2 * i) << 16);
            case FP16 -> i -> Float.float16ToFloat(raw.getShort(2 * i));
            case INT64 -> i -> raw.getLong(8 * i);
            case INT32 -> i -> raw.getInt(4 * i);
            case INT16 -> i -> raw.getShort(2 * i);
            case INT8 -> i -> raw.get(i);
            case UINT8, BOOL, CFP8 -> i -> raw.get(i) & 0xff;
        };
    }
}
