package dev.infermark.reader.hlo;

import dev.infermark.graph.TensorType;
import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a result: of an array, or of a tuple.
 *
 * @param array the type of an array; empty for a tuple
 * @param parts the shapes of a tuple's parts
 */
record HloShape(Optional<TensorType> array, List<HloShape> parts) {
    /** Copies the list. */
    HloShape {
        parts = List.copyOf(parts);
    }

    static HloShape of(TensorType type) {
        return new HloShape(Optional.of(type), List.of());
    }

    static HloShape tuple(List<HloShape> parts) {
        return new HloShape(Optional.empty(), parts);
    }

    /** The type of the array. */
    TensorType type() {
        return array.orElseThrow(() -> new IllegalArgumentException("an array expected, got a tuple"));
    }

    /** The types of all arrays in it. */
    List<TensorType> types() {
        return array.map(List::of)
                .orElseGet(() -> parts.stream().flatMap(part -> part.types().stream()).toList());
    }

    /** The element type of a name in HLO text. */
    static DataType elementType(String name) {
        return switch (name) {
            case "pred" -> DataType.BOOL;
            case "s8", "s4", "s2" -> DataType.INT8;
            case "u8", "u4", "u2", "token", "opaque" -> DataType.UINT8;
            case "s16", "u16" -> DataType.INT16;
            case "s32", "u32" -> DataType.INT32;
            case "s64", "u64" -> DataType.INT64;
            case "f16" -> DataType.FP16;
            case "bf16" -> DataType.BF16;
            case "f32" -> DataType.FP32;
            case "f64", "c64", "c128" -> DataType.FP64;
            default -> {
                if (name.startsWith("f8")) {
                    yield DataType.CFP8;
                }
                throw new IllegalArgumentException("element type " + name + " is not known");
            }
        };
    }
}
