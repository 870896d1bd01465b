package dev.infermark.numerics;

import dev.infermark.base.Ranges;

/** An array of codes, one per element, in whichever Java array holds them; a view, not a copy. */
public sealed interface Codes {
    /** A view of an array of 8-bit elements. */
    static Codes of(byte[] array) {
        return new Bytes(array);
    }

    /** A view of an array of 16-bit elements. */
    static Codes of(short[] array) {
        return new Shorts(array);
    }

    /** A view of an array of 32-bit elements. */
    static Codes of(int[] array) {
        return new Ints(array);
    }

    /** Bits of an element. */
    int width();

    /** Number of elements. */
    int size();

    /** An element, its sign extended. */
    int get(int index);

    /** Stores the lower bits of a code. */
    void set(int index, int code);

    /**
     * Refuses codes that the elements are too narrow for, and stretches that do not lie in the array.
     *
     * @param name of the argument, for the message
     */
    default void check(String name, NumberFormat format, int offset, int length) {
        if (format.bits() > width()) {
            throw new IllegalArgumentException(name + " has elements of " + width() + " bits, too narrow for "
                    + format.label() + " with codes of " + format.bits() + " bits");
        }
        Ranges.check(name, size(), offset, length);
    }

    /** 8-bit elements. */
    @SuppressWarnings("ArrayRecordComponent") // a view; two are equal when they see the same array
    record Bytes(byte[] array) implements Codes {
        @Override
        public int width() {
            return Byte.SIZE;
        }

        @Override
        public int size() {
            return array.length;
        }

        @Override
        public int get(int index) {
            return array[index];
        }

        @Override
        public void set(int index, int code) {
            array[index] = (byte) code;
        }
    }

    /** 16-bit elements. */
    @SuppressWarnings("ArrayRecordComponent") // a view; two are equal when they see the same array
    record Shorts(short[] array) implements Codes {
        @Override
        public int width() {
            return Short.SIZE;
        }

        @Override
        public int size() {
            return array.length;
        }

        @Override
        public int get(int index) {
            return array[index];
        }

        @Override
        public void set(int index, int code) {
            array[index] = (short) code;
        }
    }

    /** 32-bit elements. */
    @SuppressWarnings("ArrayRecordComponent") // a view; two are equal when they see the same array
    record Ints(int[] array) implements Codes {
        @Override
        public int width() {
            return Integer.SIZE;
        }

        @Override
        public int size() {
            return array.length;
        }

        @Override
        public int get(int index) {
            return array[index];
        }

        @Override
        public void set(int index, int code) {
            array[index] = code;
        }
    }
}
