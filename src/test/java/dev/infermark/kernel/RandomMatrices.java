package dev.infermark.kernel;

import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import java.util.SplittableRandom;

/** Operands of products with random elements, in arrays that begin before them and have gaps between rows. */
final class RandomMatrices {
    private static final int OFFSET = 5;
    private static final int GAP = 3;

    private final SplittableRandom random;

    RandomMatrices(long seed) {
        random = new SplittableRandom(seed);
    }

    <R> Operand<?, R> operand(Element<?, R> element, int rows, int columns) {
        return operand(element, Transposition.NONE, rows, columns);
    }

    /** An operand of so many rows and columns in the product. */
    <R> Operand<?, R> operand(Element<?, R> element, Transposition transposition, int rows, int columns) {
        return switch (transposition) {
            case NONE -> stored(element, rows, columns);
            case TRANSPOSED -> stored(element, columns, rows).transposed();
        };
    }

    private <T, R> Operand<T, R> stored(Element<T, R> element, int rows, int columns) {
        T data = data(element, OFFSET + rows * (columns + GAP));
        return Operand.of(element, new Matrix<>(data, OFFSET, rows, columns, columns + GAP));
    }

    @SuppressWarnings("unchecked") // each element type fixes T
    private <T> T data(Element<T, ?> element, int length) {
        return (T) switch (element) {
            case Element.Fp32 _, Element.Tf32 _ -> floats(length);
            case Element.Bf16 _ -> Encoder.of(FloatFormat.BF16).toShorts(floats(length));
            case Element.Fp16 _ -> Encoder.of(FloatFormat.FP16).toShorts(floats(length));
            case Element.Cfp8 cfp8 -> Encoder.of(cfp8.format()).toBytes(floats(length));
            case Element.Int8 _, Element.Uint8 _ -> bytes(length);
        };
    }

    /** Every code of a type in a row; of the types of 32 bits, those whose lower half is near a rounding of TF32. */
    <T, R> Operand<T, R> everyCode(Element<T, R> element) {
        int size = switch (element) {
            case Element.Cfp8 _, Element.Int8 _, Element.Uint8 _ -> 1 << Byte.SIZE;
            case Element.Fp32 _, Element.Tf32 _, Element.Bf16 _, Element.Fp16 _ -> 1 << Short.SIZE;
        };
        return Operand.of(element, Matrix.of(codes(element, size), 1, size));
    }

    @SuppressWarnings("unchecked") // each element type fixes T
    private static <T> T codes(Element<T, ?> element, int size) {
        float[] floats = new float[size];
        short[] shorts = new short[size];
        byte[] bytes = new byte[size];
        int[] tails = {0, 0xfff, 0x1000, 0x1001, 0x2fff, 0x3000, 0x3001, 0xffff};
        for (int i = 0; i < size; i++) {
            floats[i] = Float.intBitsToFloat(i << Short.SIZE | tails[i % tails.length]);
            shorts[i] = (short) i;
            bytes[i] = (byte) i;
        }
        return (T) switch (element) {
            case Element.Fp32 _, Element.Tf32 _ -> floats;
            case Element.Bf16 _, Element.Fp16 _ -> shorts;
            case Element.Cfp8 _, Element.Int8 _, Element.Uint8 _ -> bytes;
        };
    }

    float[] floats(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private byte[] bytes(int length) {
        byte[] values = new byte[length];
        random.nextBytes(values);
        return values;
    }
}
