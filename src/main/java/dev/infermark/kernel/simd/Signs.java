package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Puts signs, infinities and NaNs, which rounding knows nothing of, where they belong. */
final class Signs {
    private Signs() {}

    /**
     * Gives codes of magnitudes the signs of x, whose bits are raw, and puts the codes of its NaNs, made quiet, where
     * they belong.
     */
    static IntVector encode(IntVector code, FloatVector x, IntVector raw, int dropped, int bits) {
        IntVector sign = raw.lanewise(VectorOperators.LSHR, Integer.SIZE - bits)
                .lanewise(VectorOperators.AND, Lanes.all(1 << (bits - 1)));
        var nan = x.compare(VectorOperators.NE, x);
        if (nan.anyTrue()) {
            // The lower bits of an exponent of ones are what a shorter exponent has of ones.
            IntVector quiet = raw.lanewise(VectorOperators.OR, Lanes.QUIET)
                    .lanewise(VectorOperators.LSHR, dropped)
                    .lanewise(VectorOperators.AND, Lanes.all((1 << (bits - 1)) - 1));
            return code.blend(quiet, nan.cast(Lanes.INTS)).lanewise(VectorOperators.OR, sign);
        }
        return code.lanewise(VectorOperators.OR, sign);
    }

    /** Gives magnitudes the signs of x, makes the largest infinite, and puts NaNs, made quiet and cut, in place. */
    static FloatVector round(FloatVector magnitude, FloatVector x, int dropped, float overflowing) {
        IntVector raw = x.reinterpretAsInts();
        IntVector quiet = raw.lanewise(VectorOperators.AND, Lanes.all(-1 << dropped))
                .lanewise(VectorOperators.OR, Lanes.QUIET);
        var over = magnitude.compare(VectorOperators.GE, overflowing).cast(Lanes.INTS);
        return magnitude.reinterpretAsInts()
                .blend(Lanes.EXPONENT, over)
                .lanewise(VectorOperators.OR, raw.lanewise(VectorOperators.AND, Lanes.SIGN))
                .blend(quiet, x.compare(VectorOperators.NE, x).cast(Lanes.INTS))
                .reinterpretAsFloats();
    }
}
