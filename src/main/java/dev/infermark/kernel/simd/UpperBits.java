package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** What all rounding to the upper bits of FP32 has in common. */
final class UpperBits {
    private static final int INFINITY = 0x7f800000;
    private UpperBits() {}

    /** Whether a format shares FP32's exponent and leaves out some of its fraction, as BF16 and TF32 do. */
    static boolean holds(FloatFormat format) {
        return format.exponentBits() == 8 && format.bias() == 127 && format.fractionBits() < 23;
    }

    /** The bits of FP32 that a format leaves out. */
    static int dropped(FloatFormat format) {
        return 23 - format.fractionBits();
    }

    /** The bits that magnitudes are cut to before they are rounded. */
    static int largest(FloatFormat format, Overflow overflow) {
        return switch (overflow) {
            case INFINITY -> INFINITY;
            case SATURATE -> INFINITY - (1 << dropped(format));
        };
    }

    /** Cuts magnitudes, NaNs' too. */
    static IntVector cut(IntVector bits, int largest) {
        IntVector sign = bits.lanewise(VectorOperators.AND, Lanes.SIGN);
        return bits.lanewise(VectorOperators.AND, Lanes.MAGNITUDE)
                .min(Lanes.all(largest))
                .lanewise(VectorOperators.OR, sign);
    }

    /** Puts the NaNs of x, made quiet, in the place of what rounding made of them. */
    static IntVector keepNan(IntVector rounded, FloatVector x) {
        IntVector quiet = x.reinterpretAsInts().lanewise(VectorOperators.OR, Lanes.QUIET);
        return rounded.blend(quiet, x.compare(VectorOperators.NE, x).cast(Lanes.INTS));
    }
}
