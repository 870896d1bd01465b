package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** What all rounding to the upper bits of FP32 has in common. */
final class UpperBits {
    private UpperBits() {}

    /** Whether a format shares FP32's exponent and leaves out some of its fraction, as BF16 and TF32 do. */
    static boolean holds(FloatFormat format) {
        return format.exponentBits() == 8 && format.bias() == 127 && format.fractionBits() < 23;
    }

    /** The bits of FP32 that a format leaves out. */
    static int dropped(FloatFormat format) {
        return FloatLayout.FRACTION_BITS - format.fractionBits();
    }

    /** The bits of the largest magnitude that may stay. */
    static int largest(FloatFormat format, Overflow overflow) {
        return switch (overflow) {
            case INFINITY -> FloatLayout.INFINITY;
            case SATURATE -> FloatLayout.INFINITY - (1 << dropped(format));
        };
    }

    /** Puts what is larger, cut, and NaNs, made quiet, in the place of what rounding made of their bits. */
    static IntVector keepSpecial(IntVector rounded, IntVector bits, int largest) {
        if (isSpecial(bits, largest)) {
            IntVector magnitude = bits.lanewise(VectorOperators.AND, Lanes.MAGNITUDE);
            IntVector cut = bits.lanewise(VectorOperators.AND, Lanes.SIGN)
                    .lanewise(VectorOperators.OR, Lanes.all(largest));
            IntVector quiet = bits.lanewise(VectorOperators.OR, Lanes.QUIET);
            return rounded.blend(cut, magnitude.compare(VectorOperators.GT, Lanes.all(largest)))
                    .blend(quiet, magnitude.compare(VectorOperators.GT, Lanes.EXPONENT));
        }
        return rounded;
    }

    /** Whether any lane is larger than the largest magnitude, which NaNs alone are if that is infinity. */
    private static boolean isSpecial(IntVector bits, int largest) {
        if (largest == FloatLayout.INFINITY) {
            FloatVector x = bits.reinterpretAsFloats();
            return x.compare(VectorOperators.NE, x).anyTrue();
        }
        return bits.lanewise(VectorOperators.AND, Lanes.MAGNITUDE)
                .compare(VectorOperators.GT, Lanes.all(largest))
                .anyTrue();
    }
}
