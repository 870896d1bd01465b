package dev.infermark.kernel.simd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Codes of 8, 16 or 32 bits as lanes of 32 bits, one vector of FP32 at a time. */
final class Lanes {
    /** The vectors of values. */
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    /** The vectors of codes, with as many lanes. */
    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    /** Lanes of a vector. */
    static final int LENGTH = FLOATS.length();

    /** The sign bit of FP32 in every lane. */
    static final IntVector SIGN = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    /** All bits of FP32 but the sign in every lane. */
    static final IntVector MAGNITUDE = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    /** The exponent bits of FP32 in every lane: infinity. */
    static final IntVector EXPONENT = IntVector.broadcast(INTS, FloatLayout.INFINITY);
    /** The fraction bits of FP32 in every lane. */
    static final IntVector FRACTION = IntVector.broadcast(INTS, FloatLayout.HIDDEN - 1);
    /** The bit above FP32's fraction in every lane. */
    static final IntVector HIDDEN = IntVector.broadcast(INTS, FloatLayout.HIDDEN);
    /** The bit that makes an FP32 NaN quiet in every lane. */
    static final IntVector QUIET = IntVector.broadcast(INTS, FloatLayout.QUIET);

    /** The vectors of 16-bit codes, with as many lanes. */
    static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(LENGTH * Short.SIZE));
    /** Four bytes are no vector: as many lie in the lower half of the smallest one. */
    private static final int BYTES_IN_SMALLEST_VECTOR = 8;

    /** The vectors of 8-bit codes, with as many lanes, or twice as many. */
    static final VectorSpecies<Byte> BYTES = VectorSpecies.of(
            byte.class, VectorShape.forBitSize(Math.max(LENGTH, BYTES_IN_SMALLEST_VECTOR) * Byte.SIZE));
    private static final VarHandle FOUR_BYTES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private Lanes() {}

    /**
     * A number in every lane. The Vector API's methods that take numbers lead to the same, but on ways so long that the
     * JIT compiler loses them.
     */
    static IntVector all(int number) {
        return IntVector.broadcast(INTS, number);
    }

    /** Loads 8-bit codes, their sign extended. */
    static IntVector load(byte[] from, int offset) {
        return (IntVector) bytes(from, offset).convertShape(VectorOperators.B2I, INTS, 0);
    }

    /** Loads 8-bit codes, extended by zeros. */
    static IntVector loadUnsigned(byte[] from, int offset) {
        return (IntVector) bytes(from, offset).convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }

    private static ByteVector bytes(byte[] from, int offset) {
        return LENGTH < BYTES_IN_SMALLEST_VECTOR
                ? IntVector.zero(IntVector.SPECIES_64)
                        .withLane(0, (int) FOUR_BYTES.get(from, offset))
                        .reinterpretAsBytes()
                : ByteVector.fromArray(BYTES, from, offset);
    }

    /** Loads 16-bit codes, their sign extended. */
    static IntVector load(short[] from, int offset) {
        return (IntVector) ShortVector.fromArray(SHORTS, from, offset).convertShape(VectorOperators.S2I, INTS, 0);
    }

    /** Stores the lowest 8 bits of each lane. */
    static void store(IntVector codes, byte[] to, int offset) {
        ByteVector bytes = (ByteVector) codes.convertShape(VectorOperators.I2B, BYTES, 0);
        if (LENGTH < BYTES_IN_SMALLEST_VECTOR) {
            FOUR_BYTES.set(to, offset, bytes.reinterpretAsInts().lane(0));
        } else {
            bytes.intoArray(to, offset);
        }
    }

    /** Stores the lowest 16 bits of each lane. */
    static void store(IntVector codes, short[] to, int offset) {
        ((ShortVector) codes.convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(to, offset);
    }
}
