package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * exp in vectors: exp(x) = 2^k · 2^(j/16) · exp(r) with 16·k + j = n the integer nearest to 16·x/ln 2 and
 * |r| ≤ ln 2/32.
 */
final class Exponential implements LaneFunction {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;

    /** Up to this magnitude exp(x) and 2^k are normal numbers. */
    static final float PLAIN = 87.3f;

    private static final int STEPS = 16;
    private static final int STEP_BITS = 4;
    /** From the multiples of 16 to the exponent of a number's bits. */
    private static final int EXPONENT_SHIFT = Float.PRECISION - 1 - STEP_BITS;

    private static final float STEPS_PER_UNIT = (float) (STEPS / Math.log(2));
    /** A step in two parts, so that r = x - n · step keeps its last bits. */
    private static final float STEP_HIGH = (float) (Math.log(2) / STEPS);
    private static final float STEP_LOW = (float) (Math.log(2) / STEPS - STEP_HIGH);
    /** Adding 1.5·2^23 rounds to an integer and leaves it in the lowest bits. */
    private static final float ROUNDER = 0x1.8p23f;
    /** Below, exp(x) is less than half of the smallest subnormal; above, it is infinite. */
    private static final float LOWEST = -104.0f;
    private static final float HIGHEST = 88.72284f;

    /** The 2^(j/16) rounded to FP32, then what the rounding left. */
    private static final int[] POWERS = powers();

    /** exp(r) = 1 + r + r²·(Q0 + Q1·r); minimax with relative error 5.2e-9. */
    private static final float Q0 = 0.5000089f;
    private static final float Q1 = 0.16666667f;

    @Override
    public boolean isPlain(FloatVector x) {
        return x.abs().compare(VectorOperators.LE, PLAIN).allTrue();
    }

    @Override
    public FloatVector plain(FloatVector x) {
        return ofPlain(x);
    }

    @Override
    public FloatVector any(FloatVector x) {
        return of(x);
    }

    /** exp of each lane where none is beyond ±{@link #PLAIN}, within 1.4·2^-24. */
    static FloatVector ofPlain(FloatVector x) {
        FloatVector rounded = x.fma(STEPS_PER_UNIT, ROUNDER);
        IntVector n = rounded.reinterpretAsInts();
        // The exponent is added to the bits.
        IntVector k = n.and(-STEPS).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
        return fraction(x, rounded).reinterpretAsInts().add(k).reinterpretAsFloats();
    }

    /**
     * exp of each lane where none is positive, within (2.5 + 0.05·|x|)·2^-24; 0 below -{@link #PLAIN}. NaN stays NaN.
     */
    static FloatVector ofNegative(FloatVector x) {
        FloatVector rounder = FloatVector.broadcast(SPECIES, ROUNDER);
        FloatVector rounded = x.fma(FloatVector.broadcast(SPECIES, STEPS_PER_UNIT), rounder);
        IntVector n = rounded.reinterpretAsInts();
        FloatVector power = LaneTable.of16(POWERS, 0, n.and(IntVector.broadcast(INTS, STEPS - 1)));
        IntVector k = n.and(IntVector.broadcast(INTS, -STEPS)).lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
        // The exponent is added to the bits; down to -PLAIN the power is a normal number.
        power = power.reinterpretAsInts().add(k).reinterpretAsFloats();
        FloatVector r = rounded.sub(rounder).fma(FloatVector.broadcast(SPECIES, -STEP_HIGH), x);
        FloatVector growth = r.fma(FloatVector.broadcast(SPECIES, Q1), FloatVector.broadcast(SPECIES, Q0));
        growth = r.mul(r).fma(growth, r);
        FloatVector exp = power.fma(growth, power);
        VectorMask<Float> vanishes = x.compare(VectorOperators.LT, FloatVector.broadcast(SPECIES, -PLAIN));
        return exp.blend(FloatVector.zero(SPECIES), vanishes);
    }

    /** exp of each lane, within 1.4·2^-24 while normal; NaN stays NaN. */
    static FloatVector of(FloatVector x) {
        FloatVector rounded = x.fma(STEPS_PER_UNIT, ROUNDER);
        IntVector k = rounded.reinterpretAsInts()
                .sub(Float.floatToRawIntBits(ROUNDER))
                .lanewise(VectorOperators.ASHR, STEP_BITS);
        // In two steps, since 2^k itself may be subnormal or infinite where the result is not.
        IntVector half = k.lanewise(VectorOperators.ASHR, 1);
        FloatVector result = fraction(x, rounded).mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
        return result.blend(0f, x.compare(VectorOperators.LT, LOWEST))
                .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, HIGHEST));
    }

    /** 2^(j/16) · exp(r). */
    private static FloatVector fraction(FloatVector x, FloatVector rounded) {
        IntVector j = rounded.reinterpretAsInts().and(STEPS - 1);
        FloatVector power = LaneTable.of16(POWERS, 0, j);
        FloatVector powerRest = LaneTable.of16(POWERS, STEPS, j);
        FloatVector n = rounded.sub(ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(SPECIES, -STEP_HIGH), x);
        r = n.fma(FloatVector.broadcast(SPECIES, -STEP_LOW), r);
        FloatVector growth = r.mul(r).fma(r.fma(Q1, Q0), r);
        return power.add(power.fma(growth, powerRest));
    }

    private static FloatVector powerOfTwo(IntVector exponent) {
        return exponent.add(Float.MAX_EXPONENT)
                .lanewise(VectorOperators.LSHL, Float.PRECISION - 1)
                .reinterpretAsFloats();
    }

    private static int[] powers() {
        int[] table = LaneTable.of(2, STEPS);
        for (int j = 0; j < STEPS; j++) {
            double power = StrictMath.pow(2, (double) j / STEPS);
            table[j] = Float.floatToRawIntBits((float) power);
            table[STEPS + j] = Float.floatToRawIntBits((float) (power - (float) power));
        }
        return table;
    }
}
