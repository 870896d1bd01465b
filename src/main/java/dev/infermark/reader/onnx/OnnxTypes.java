package dev.infermark.reader.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.file.DimensionBindings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** ONNX's element types and declared shapes as those of the graph. */
final class OnnxTypes {
    private static final int FP8_E4M3 = 17;
    private static final int FP8_E5M2_UZ = 20;
    private static final int UINT4 = 21;
    private static final int INT4 = 22;

    private OnnxTypes() {}

    /** The element type of a number in a file; types narrower than a byte count as one byte. */
    static DataType elementType(int number) {
        if (number >= FP8_E4M3 && number <= FP8_E5M2_UZ) {
            return DataType.CFP8;
        }
        if (number == UINT4 || number == INT4) {
            return number == UINT4 ? DataType.UINT8 : DataType.INT8;
        }
        TensorProto.DataType type = TensorProto.DataType.forNumber(number);
        if (type == null) {
            throw new IllegalArgumentException("element type " + number + " is not known");
        }
        return switch (type) {
            case FLOAT -> DataType.FP32;
            case FLOAT16 -> DataType.FP16;
            case BFLOAT16 -> DataType.BF16;
            case DOUBLE, COMPLEX64, COMPLEX128 -> DataType.FP64;
            case INT64, UINT64 -> DataType.INT64;
            case INT32, UINT32 -> DataType.INT32;
            case INT16, UINT16 -> DataType.INT16;
            case INT8 -> DataType.INT8;
            case UINT8, STRING -> DataType.UINT8;
            case BOOL -> DataType.BOOL;
            default -> throw new IllegalArgumentException("element type " + type + " is not modelled");
        };
    }

    /**
     * The type that a file declares for an input or a result; empty where it declares none or leaves a size open.
     *
     * @param name what open dimensions without a name are called after, with their axis
     */
    static Optional<TensorType> declared(String name, TypeProto type, DimensionBindings bindings) {
        if (!type.hasTensorType() || !type.getTensorType().hasShape()) {
            return Optional.empty();
        }
        List<Long> dimensions = new ArrayList<>();
        boolean isOpen = false;
        List<TensorShapeProto.Dimension> declared = type.getTensorType().getShape().getDimList();
        for (int axis = 0; axis < declared.size(); axis++) {
            OptionalLong size = size(declared.get(axis), name + "." + axis, bindings);
            isOpen |= size.isEmpty();
            dimensions.add(size.orElse(1));
        }
        DataType element = elementType(type.getTensorType().getElemType());
        return isOpen ? Optional.empty() : Optional.of(new TensorType(element, new Shape(dimensions)));
    }

    private static OptionalLong size(
            TensorShapeProto.Dimension dimension, String name, DimensionBindings bindings) {
        if (dimension.hasDimValue() && dimension.getDimValue() > 0) {
            return OptionalLong.of(dimension.getDimValue());
        }
        if (dimension.hasDimValue() && dimension.getDimValue() < -1) {
            throw new IllegalArgumentException("size " + dimension.getDimValue() + " of dimension " + name);
        }
        return bindings.size(dimension.getDimParam().isBlank() ? name : dimension.getDimParam());
    }
}
