package dev.infermark.cli;

import dev.infermark.lower.AutoCast;
import dev.infermark.numerics.DataType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The words that PyTorch, ONNX and the Neuron compilers have for data types and casts. */
final class TypeWords {
    private TypeWords() {}

    static DataType dataType(String word) {
        String plain = word.toLowerCase(Locale.ROOT).replaceFirst("^torch\\.", "");
        String label = switch (plain) {
            case "float", "f32", "float32" -> "fp32";
            case "half", "f16", "float16" -> "fp16";
            case "bfloat16" -> "bf16";
            case "double", "f64", "float64" -> "fp64";
            default -> plain;
        };
        return Arrays.stream(DataType.values())
                .filter(type -> type.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + word + "' is no data type; known are "
                        + Arrays.stream(DataType.values()).map(DataType::label).collect(Collectors.joining(", "))));
    }

    static AutoCast autoCast(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "matmul", "matmult" -> AutoCast.MATMULT;
            case "all" -> AutoCast.ALL;
            case "none" -> AutoCast.NONE;
            default -> throw new TypeConversionException("'" + word + "' is no choice; use matmul, all or none");
        };
    }
}
