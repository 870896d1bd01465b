package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * How elements of a type become FP32 while they are packed.
 *
 * @param <T> the array they lie in
 */
interface Operand<T> {
    /** Values as they are. */
    Operand<float[]> FP32 = System::arraycopy;

    /** BF16 codes are the upper halves of FP32. */
    Operand<short[]> BF16 = Operand::widenBf16;

    /** Every INT8 is an FP32. */
    Operand<byte[]> INT8 = Operand::widenInt8;

    /** Copies consecutive elements as FP32. */
    void widen(T from, int fromOffset, float[] to, int toOffset, int length);

    private static void widenBf16(short[] from, int fromOffset, float[] to, int toOffset, int length) {
        int i = 0;
        for (; i <= length - Bf16.LANES; i += Bf16.LANES) {
            IntVector codes = (IntVector) ShortVector.fromArray(Bf16.SHORTS, from, fromOffset + i)
                    .convertShape(VectorOperators.S2I, Bf16.INTS, 0);
            FloatVector values = codes.lanewise(VectorOperators.LSHL, Short.SIZE).reinterpretAsFloats();
            values.intoArray(to, toOffset + i);
        }
        for (; i < length; i++) {
            to[toOffset + i] = Float.intBitsToFloat(from[fromOffset + i] << Short.SIZE);
        }
    }

    private static void widenInt8(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }

    /** Species of codes and of their values. */
    final class Bf16 {
        private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Short> SHORTS =
                VectorSpecies.of(short.class, VectorShape.forBitSize(INTS.vectorBitSize() / 2));
        private static final int LANES = INTS.length();

        private Bf16() {}
    }
}
