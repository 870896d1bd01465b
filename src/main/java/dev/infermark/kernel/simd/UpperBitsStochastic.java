package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.RandomBits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Rounds to the upper bits of FP32, stochastically, by adding as many random bits as are dropped. */
final class UpperBitsStochastic implements VectorEncoder {
    private final int dropped;
    private final int largest;
    private final RandomBits random;

    UpperBitsStochastic(FloatFormat format, Overflow overflow, RandomBits random) {
        dropped = UpperBits.dropped(format);
        largest = UpperBits.largest(format, overflow);
        this.random = random;
    }

    void encodeAll(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            IntVector chance = RandomLanes.at(random, index + i);
            IntVector bits = round(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), chance);
            Lanes.store(bits.lanewise(VectorOperators.LSHR, dropped), to, toOffset + i);
        }
    }

    void roundAll(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        for (int i = 0; i < length; i += Lanes.LENGTH) {
            IntVector chance = RandomLanes.at(random, index + i);
            IntVector bits = round(FloatVector.fromArray(Lanes.FLOATS, from, fromOffset + i), chance);
            bits.lanewise(VectorOperators.AND, Lanes.all(-1 << dropped))
                    .reinterpretAsFloats()
                    .intoArray(to, toOffset + i);
        }
    }

    /** The rounded bits, with those to be dropped left over. */
    private IntVector round(FloatVector x, IntVector chance) {
        IntVector bits = x.reinterpretAsInts();
        IntVector rounded = bits.add(chance.lanewise(VectorOperators.LSHR, Integer.SIZE - dropped));
        return UpperBits.keepSpecial(rounded, bits, largest);
    }
}
