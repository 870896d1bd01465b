package dev.infermark.kernel;

import dev.infermark.numerics.DataType;
import dev.infermark.numerics.Decoder;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;

/**
 * A type of operands, how its elements become FP32 values, and how their products are summed.
 *
 * @param <T> the array that elements lie in
 * @param <R> the array that sums lie in
 * @param type what it is called
 * @param widening how elements become FP32 values
 * @param sums how products are summed
 * @param fp32Terms how many products may be summed up in FP32 before they join the sums
 */
public record OperandType<T, R>(DataType type, Widening<T> widening, Sums<R> sums, int fp32Terms) {
    /** FP32 as it is. */
    public static final OperandType<float[], float[]> FP32 = floats(DataType.FP32, System::arraycopy);

    /** FP32 values that are rounded to nearest even TF32 when read. */
    public static final OperandType<float[], float[]> TF32 =
            floats(DataType.TF32, Encoder.of(FloatFormat.TF32)::round);

    /** BF16 codes; their products are exact. */
    public static final OperandType<short[], float[]> BF16 =
            floats(DataType.BF16, new Decoder(FloatFormat.BF16)::decode);

    /** FP16 codes; their products are exact. */
    public static final OperandType<short[], float[]> FP16 =
            floats(DataType.FP16, new Decoder(FloatFormat.FP16)::decode);

    /** INT8: 2<sup>10</sup> products of at most 2<sup>14</sup> reach 2<sup>24</sup>, to where FP32 counts exactly. */
    public static final OperandType<byte[], int[]> INT8 =
            new OperandType<>(DataType.INT8, OperandType::widenSigned, Sums.INT32, 1 << 10);

    /** UINT8: 2<sup>8</sup> products stay below 2<sup>24</sup>, to where FP32 counts exactly. */
    public static final OperandType<byte[], int[]> UINT8 =
            new OperandType<>(DataType.UINT8, OperandType::widenUnsigned, Sums.INT32, 1 << 8);

    /** Codes of an 8-bit floating-point format such as {@link FloatFormat#E4M3}; their products are exact. */
    public static OperandType<byte[], float[]> cfp8(FloatFormat format) {
        return floats(DataType.CFP8, new Decoder(format)::decode);
    }

    private static <T> OperandType<T, float[]> floats(DataType type, Widening<T> widening) {
        return new OperandType<>(type, widening, Sums.FP32, Integer.MAX_VALUE);
    }

    private static void widenSigned(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }

    private static void widenUnsigned(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i] & 0xff;
        }
    }

    /**
     * Turns elements of an array into FP32 values.
     *
     * @param <T> the array
     */
    @FunctionalInterface
    public interface Widening<T> {
        /** Writes the values of consecutive elements. */
        void widen(T from, int fromOffset, float[] to, int toOffset, int length);
    }
}
