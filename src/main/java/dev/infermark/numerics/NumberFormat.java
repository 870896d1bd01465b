package dev.infermark.numerics;

import dev.infermark.base.Ranges;
import java.util.List;
import java.util.stream.Collectors;

/** How numbers are stored as codes of at most 32 bits; FP32 is what every format is decoded to and encoded from. */
public sealed interface NumberFormat permits FloatFormat, IntegerFormat {
    /** The formats of the NeuronCores with their usual parameters. */
    static List<NumberFormat> standard() {
        return List.of(
                FloatFormat.FP32,
                FloatFormat.TF32,
                FloatFormat.BF16,
                FloatFormat.FP16,
                FloatFormat.E5M2,
                FloatFormat.E4M3,
                FloatFormat.E3M4,
                IntegerFormat.INT8,
                IntegerFormat.UINT8,
                IntegerFormat.INT16,
                IntegerFormat.INT32);
    }

    /** The standard format of a label such as {@code bf16} or {@code int8}. */
    static NumberFormat of(String label) {
        return standard().stream()
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no number format '" + label + "': choose from "
                        + standard().stream().map(NumberFormat::label).collect(Collectors.joining(", "))));
    }

    /** The name as users write it. */
    String label();

    /** Width of a code in bits. */
    int bits();

    /** The FP32 value of a code, whose bits above the width are ignored; exact but for INT32 beyond 2<sup>24</sup>. */
    float decode(int code);

    /**
     * The code of a value.
     *
     * @param index position of the element in its tensor, on which stochastic rounding depends
     */
    int encode(float value, Rounding rounding, Overflow overflow, long index);

    /** The code of a value, to nearest even and overflowing to infinity where the format has it. */
    default int encode(float value) {
        return encode(value, Rounding.nearestEven(), Overflow.INFINITY, 0);
    }

    /** Decodes in bulk. */
    default void decode(Codes from, int fromOffset, float[] to, int toOffset, int length) {
        from.check("from", this, fromOffset, length);
        Ranges.check("to", to.length, toOffset, length);
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = decode(from.get(fromOffset + i));
        }
    }
}
