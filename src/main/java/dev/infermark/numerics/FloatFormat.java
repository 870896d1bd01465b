package dev.infermark.numerics;

/**
 * A binary floating-point format of at most 32 bits: sign, biased exponent, fraction.
 *
 * <p>As in IEEE 754, exponent zero holds zero and the subnormals, and the highest exponent holds infinity (fraction
 * zero) and the NaNs (the top bit of their fraction set when quiet). The 8-bit formats follow the same rule, so the
 * largest finite values are 57344 (E5M2), 240 (E4M3) and 15.5 (E3M4).
 *
 * @param label as users write it
 * @param exponentBits 2 to 8
 * @param fractionBits 1 to 23
 * @param bias what is subtracted from the stored exponent; every value must also be one of FP32
 */
public record FloatFormat(String label, int exponentBits, int fractionBits, int bias) implements NumberFormat {
    /** IEEE 754 binary32: codes are the values' own bits, NaNs made quiet. */
    public static final FloatFormat FP32 = ieee("fp32", 8, 23);
    /** The upper half of FP32. */
    public static final FloatFormat BF16 = ieee("bf16", 8, 7);
    /** IEEE 754 binary16. */
    public static final FloatFormat FP16 = ieee("fp16", 5, 10);
    /** FP32 with 10 fraction bits: 19 bits, which engines store as the upper bits of an FP32. */
    public static final FloatFormat TF32 = ieee("tf32", 8, 10);
    /** cFP8 with 5 exponent bits. */
    public static final FloatFormat E5M2 = ieee("e5m2", 5, 2);
    /** cFP8 with 4 exponent bits. */
    public static final FloatFormat E4M3 = ieee("e4m3", 4, 3);
    /** cFP8 with 3 exponent bits. */
    public static final FloatFormat E3M4 = ieee("e3m4", 3, 4);

    private static final int FP32_FRACTION_BITS = 23;
    private static final int FP32_BIAS = 127;
    private static final int FP32_SIGN = 0x80000000;
    private static final int FP32_INFINITY = 0x7f800000;
    private static final int FP32_QUIET = 0x00400000;

    /** Checks the widths, and that FP32 holds every value of the format. */
    public FloatFormat {
        require(exponentBits >= 2 && exponentBits <= 8, label, "exponentBits must be 2 to 8, not " + exponentBits);
        require(fractionBits >= 1 && fractionBits <= 23, label, "fractionBits must be 1 to 23, not " + fractionBits);
        int largest = (1 << exponentBits) - 2 - bias;
        int smallestSubnormal = 1 - bias - fractionBits;
        require(
                largest <= 127 && smallestSubnormal >= -149,
                label,
                "bias " + bias + " gives powers of two from " + smallestSubnormal + " to " + largest
                        + ", beyond FP32's -149 to 127");
    }

    private static void require(boolean condition, String label, String complaint) {
        if (!condition) {
            throw new IllegalArgumentException(label + ": " + complaint);
        }
    }

    /** A format with the bias that IEEE 754 gives its exponent width. */
    private static FloatFormat ieee(String label, int exponentBits, int fractionBits) {
        return new FloatFormat(label, exponentBits, fractionBits, (1 << (exponentBits - 1)) - 1);
    }

    @Override
    public int bits() {
        return 1 + exponentBits + fractionBits;
    }

    /** The code of positive infinity. */
    public int infinity() {
        return ((1 << exponentBits) - 1) << fractionBits;
    }

    /** The largest finite value. */
    public float maxValue() {
        return decode(infinity() - 1);
    }

    /**
     * The value of a code, exactly; bits above the format's width are ignored.
     *
     * <p>A NaN keeps its sign and payload and becomes quiet.
     */
    @Override
    public float decode(int code) {
        int sign = (code & (1 << (bits() - 1))) == 0 ? 0 : FP32_SIGN;
        int magnitude = code & ((1 << (bits() - 1)) - 1);
        int widen = FP32_FRACTION_BITS - fractionBits;
        if (magnitude >= infinity()) {
            int payload = (magnitude - infinity()) << widen;
            return Float.intBitsToFloat(sign | FP32_INFINITY | payload | (payload == 0 ? 0 : FP32_QUIET));
        }
        int fraction = magnitude & ((1 << fractionBits) - 1);
        int exponent = magnitude >>> fractionBits;
        int significand = exponent == 0 ? fraction : fraction | (1 << fractionBits);
        float value = Math.scalb((float) significand, Math.max(exponent, 1) - bias - fractionBits);
        return sign == 0 ? value : -value;
    }

    /**
     * The code of a value.
     *
     * <p>Zero keeps its sign. A NaN keeps its sign and the upper bits of its payload and becomes quiet. Rounding comes
     * before the question of overflow, so a value just above the largest finite one may still round down to it.
     *
     * @param index position of the element in its tensor, on which stochastic rounding depends
     */
    @Override
    public int encode(float value, Rounding rounding, Overflow overflow, long index) {
        int raw = Float.floatToRawIntBits(value);
        int sign = (raw >>> 31) << (bits() - 1);
        int magnitude = raw & ~FP32_SIGN;
        if (magnitude > FP32_INFINITY) {
            int payload = ((magnitude | FP32_QUIET) - FP32_INFINITY) >>> (FP32_FRACTION_BITS - fractionBits);
            return sign | infinity() | payload;
        }
        int code = magnitude == FP32_INFINITY ? infinity() : encodeFinite(magnitude, rounding, index);
        if (code < infinity()) {
            return sign | code;
        }
        return sign | (overflow == Overflow.SATURATE ? infinity() - 1 : infinity());
    }

    /** The rounded code without sign; at least {@link #infinity()} when it overflows. */
    private int encodeFinite(int magnitude, Rounding rounding, long index) {
        if (magnitude == 0) {
            return 0;
        }
        // A subnormal of FP32 is brought to the form of the others, for it may be no subnormal here.
        int stored = Math.max(magnitude >>> FP32_FRACTION_BITS, 1);
        int hidden = 1 << FP32_FRACTION_BITS;
        int significand = magnitude < hidden ? magnitude : (magnitude & (hidden - 1)) | hidden;
        int leading = Integer.numberOfLeadingZeros(significand) - Integer.numberOfLeadingZeros(hidden);
        significand <<= leading;
        int exponent = stored - leading - FP32_BIAS + bias;
        int shift = Math.min(FP32_FRACTION_BITS - fractionBits + Math.max(0, 1 - exponent), Long.SIZE - 1);
        long kept = shift == 0 ? significand : rounding.shiftRight(significand, shift, index);
        // The hidden bit, and a carry out of the fraction, each add one to the exponent field below it.
        long code = ((long) (Math.max(exponent, 1) - 1) << fractionBits) + kept;
        return (int) Math.min(code, infinity());
    }
}
