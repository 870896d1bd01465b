package dev.infermark.kernel;

import dev.infermark.numerics.FloatFormat;

/**
 * How the elements of a matrix are stored; each stands for a value that FP32 holds exactly.
 *
 * @param <T> the array that holds the elements
 * @param <R> the array that sums of their products are formed in: FP32 for floating point, INT32 for integers
 */
public sealed interface Element<T, R> {
    /** FP32 as it is. */
    Element<float[], float[]> FP32 = new Fp32();
    /** FP32 that a matmul rounds to TF32 when it reads it: to nearest even, overflowing to infinity. */
    Element<float[], float[]> TF32 = new Tf32();
    /** Codes of BF16. */
    Element<short[], float[]> BF16 = new Bf16();
    /** Codes of FP16. */
    Element<short[], float[]> FP16 = new Fp16();
    /** Signed 8-bit integers. */
    Element<byte[], int[]> INT8 = new Int8();
    /** Unsigned 8-bit integers. */
    Element<byte[], int[]> UINT8 = new Uint8();

    /** Codes of an 8-bit floating-point format: E5M2, E4M3, E3M4 or one with another bias. */
    static Element<byte[], float[]> cfp8(FloatFormat format) {
        return new Cfp8(format);
    }

    /** The value of the element at an index of the array. */
    float value(T data, int index);

    /** See {@link #FP32}. */
    record Fp32() implements Element<float[], float[]> {
        @Override
        public float value(float[] data, int index) {
            return data[index];
        }
    }

    /** See {@link #TF32}. */
    record Tf32() implements Element<float[], float[]> {
        @Override
        public float value(float[] data, int index) {
            return FloatFormat.TF32.decode(FloatFormat.TF32.encode(data[index]));
        }
    }

    /** See {@link #BF16}. */
    record Bf16() implements Element<short[], float[]> {
        @Override
        public float value(short[] data, int index) {
            return Float.intBitsToFloat(data[index] << Short.SIZE);
        }
    }

    /** See {@link #FP16}. */
    record Fp16() implements Element<short[], float[]> {
        @Override
        public float value(short[] data, int index) {
            return Float.float16ToFloat(data[index]);
        }
    }

    /**
     * See {@link #cfp8}.
     *
     * @param format of 8 bits
     */
    record Cfp8(FloatFormat format) implements Element<byte[], float[]> {
        /** Checks the width. */
        public Cfp8 {
            if (format.bits() != Byte.SIZE) {
                throw new IllegalArgumentException("format must have 8 bits, but " + format + " has " + format.bits());
            }
        }

        @Override
        public float value(byte[] data, int index) {
            return format.decode(data[index]);
        }
    }

    /** See {@link #INT8}. */
    record Int8() implements Element<byte[], int[]> {
        @Override
        public float value(byte[] data, int index) {
            return data[index];
        }
    }

    /** See {@link #UINT8}. */
    record Uint8() implements Element<byte[], int[]> {
        @Override
        public float value(byte[] data, int index) {
            return Byte.toUnsignedInt(data[index]);
        }
    }
}
