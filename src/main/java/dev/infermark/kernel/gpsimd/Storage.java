package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.Arrays;

/** The elements of a tensor: an array of numbers as wide as its type, or of codes where Java lacks the type. */
sealed interface Storage {
    /** Zeros. */
    static Storage of(DataType type, int length) {
        return switch (type) {
            case FP32 -> new Floats(new float[length]);
            case INT32 -> new Ints(new int[length]);
            case BF16, FP16, INT16 -> new Shorts(new short[length]);
            case INT8, UINT8 -> new Bytes(new byte[length]);
            case TF32, CFP8, INT64, FP64, BOOL -> throw new IllegalArgumentException("type: no tensor of "
                    + type.label() + "; take fp32, bf16, fp16, int32, int16, int8 or uint8");
        };
    }

    /** Number of elements. */
    int length();

    /** Copies consecutive elements to storage of the same kind. */
    void copy(int at, Storage to, int toAt, int length);

    /** Copies the rows named in {@code length} places from {@code at} to the rows of these places, in the same kind. */
    void copyRows(int[] rows, int at, int length, int columns, Storage to);

    /** Sets consecutive elements of a type that is stored so to a value. */
    void fill(DataType type, int at, int length, double value);

    /** 32-bit floats. */
    final class Floats implements Storage {
        private final float[] values;

        Floats(float[] values) {
            this.values = values;
        }

        float[] values() {
            return values;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int at, Storage to, int toAt, int length) {
            System.arraycopy(values, at, ((Floats) to).values, toAt, length);
        }

        @Override
        public void copyRows(int[] rows, int at, int length, int columns, Storage to) {
            float[] copies = ((Floats) to).values;
            for (int i = at; i < at + length; i++) {
                System.arraycopy(values, rows[i] * columns, copies, i * columns, columns);
            }
        }

        @Override
        public void fill(DataType type, int at, int length, double value) {
            Arrays.fill(values, at, at + length, (float) value);
        }
    }

    /** 32-bit integers. */
    final class Ints implements Storage {
        private final int[] values;

        Ints(int[] values) {
            this.values = values;
        }

        int[] values() {
            return values;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int at, Storage to, int toAt, int length) {
            System.arraycopy(values, at, ((Ints) to).values, toAt, length);
        }

        @Override
        public void copyRows(int[] rows, int at, int length, int columns, Storage to) {
            int[] copies = ((Ints) to).values;
            for (int i = at; i < at + length; i++) {
                System.arraycopy(values, rows[i] * columns, copies, i * columns, columns);
            }
        }

        @Override
        public void fill(DataType type, int at, int length, double value) {
            Arrays.fill(values, at, at + length, Scalars.code(type, value));
        }
    }

    /** 16 bits each. */
    final class Shorts implements Storage {
        private final short[] values;

        Shorts(short[] values) {
            this.values = values;
        }

        short[] values() {
            return values;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int at, Storage to, int toAt, int length) {
            System.arraycopy(values, at, ((Shorts) to).values, toAt, length);
        }

        @Override
        public void copyRows(int[] rows, int at, int length, int columns, Storage to) {
            short[] copies = ((Shorts) to).values;
            for (int i = at; i < at + length; i++) {
                System.arraycopy(values, rows[i] * columns, copies, i * columns, columns);
            }
        }

        @Override
        public void fill(DataType type, int at, int length, double value) {
            Arrays.fill(values, at, at + length, (short) Scalars.code(type, value));
        }
    }

    /** 8 bits each. */
    final class Bytes implements Storage {
        private final byte[] values;

        Bytes(byte[] values) {
            this.values = values;
        }

        byte[] values() {
            return values;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public void copy(int at, Storage to, int toAt, int length) {
            System.arraycopy(values, at, ((Bytes) to).values, toAt, length);
        }

        @Override
        public void copyRows(int[] rows, int at, int length, int columns, Storage to) {
            byte[] copies = ((Bytes) to).values;
            for (int i = at; i < at + length; i++) {
                System.arraycopy(values, rows[i] * columns, copies, i * columns, columns);
            }
        }

        @Override
        public void fill(DataType type, int at, int length, double value) {
            Arrays.fill(values, at, at + length, (byte) Scalars.code(type, value));
        }
    }
}
