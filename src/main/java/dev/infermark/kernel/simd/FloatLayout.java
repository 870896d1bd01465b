package dev.infermark.kernel.simd;

import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.Overflow;

/**
 * The places of a format with a smaller exponent than FP32's.
 *
 * @param bits width of a code
 * @param dropped bits of FP32's fraction that the format leaves out
 * @param smallest the bits, in FP32, of the smallest value that is not subnormal
 * @param largest the bits, in FP32, that magnitudes are cut to before they are rounded: those of the power of two where
 *     infinity begins, or of the largest value
 */
record FloatLayout(int bits, int dropped, int smallest, int largest) {
    /** Bits of FP32's fraction. */
    static final int FRACTION_BITS = 23;
    /** The bit that FP32 leaves out of its codes. */
    static final int HIDDEN = 1 << FRACTION_BITS;

    private static final int BIAS = 127;
    /** The bits of FP32's infinity. */
    static final int INFINITY = 0x7f800000;
    /** The bit that makes an FP32 NaN quiet. */
    static final int QUIET = 0x00400000;
    /** Powers of two of the smallest subnormals that the bit tricks bear. */
    private static final int LOWEST_POWER = -90;

    static FloatLayout of(FloatFormat format, Overflow overflow) {
        int dropped = FRACTION_BITS - format.fractionBits();
        int maxValue = Float.floatToRawIntBits(format.maxValue());
        return new FloatLayout(
                format.bits(),
                dropped,
                (1 - format.bias() + BIAS) << FRACTION_BITS,
                overflow == Overflow.SATURATE ? maxValue : maxValue + (1 << dropped));
    }

    /** Whether the format's values are normal ones of FP32, with room on both sides. */
    static boolean holds(FloatFormat format) {
        int lowest = 1 - format.bias() - format.fractionBits();
        int highest = (1 << format.exponentBits()) - 1 - format.bias();
        return lowest >= LOWEST_POWER && highest + FRACTION_BITS - format.fractionBits() <= BIAS;
    }
}
