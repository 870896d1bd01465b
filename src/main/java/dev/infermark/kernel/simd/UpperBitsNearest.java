package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounds to the upper bits of FP32, to nearest even, by adding half a unit of what stays, or less by one in FP32's last
 * place where what stays is even.
 */
final class UpperBitsNearest implements VectorEncoder {
    private final int dropped;
    private final int largest;

    UpperBitsNearest(FloatFormat format, Overflow overflow) {
        dropped = UpperBits.dropped(format);
        largest = UpperBits.largest(format, overflow);
    }

    void encodeAll(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            IntVector bits = round(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i));
            Lanes.store(bits.lanewise(VectorOperators.LSHR, dropped), to, toOffset + i);
        }
    }

    void roundAll(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            IntVector bits = round(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i));
            bits.lanewise(VectorOperators.AND, Lanes.all(-1 << dropped))
                    .reinterpretAsFloats()
                    .intoArray(to, toOffset + i);
        }
    }

    /** The rounded bits, with those to be dropped left over. */
    private IntVector round(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector odd = bits.lanewise(VectorOperators.LSHR, dropped).lanewise(VectorOperators.AND, Lanes.all(1));
        IntVector rounded = bits.add(odd).add(Lanes.all((1 << (dropped - 1)) - 1));
        return UpperBits.keepSpecial(rounded, bits, largest);
    }
}
