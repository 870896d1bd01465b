package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Functions of the form u(x)/(1 + exp(-w(x))), w having the sign of x. */
abstract class Logistic implements LaneFunction {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    @Override
    public boolean isPlain(FloatVector x) {
        return x.abs().compare(VectorOperators.LE, Exponential.PLAIN).allTrue();
    }

    @Override
    public final FloatVector plain(FloatVector x) {
        FloatVector u = numerator(x);
        return u.div(Exponential.ofPlain(minusW(x)).add(1f));
    }

    /** Numerator and denominator are multiplied by exp(w) for negative w, so that exp cannot overflow. */
    @Override
    public final FloatVector any(FloatVector x) {
        FloatVector u = numerator(x);
        FloatVector exp = Exponential.of(minusW(x).abs().neg());
        FloatVector factor = FloatVector.broadcast(SPECIES, 1f).blend(exp, x.compare(VectorOperators.LT, 0f));
        return u.mul(factor).div(exp.add(1f));
    }

    /** u. */
    FloatVector numerator(FloatVector x) {
        return x;
    }

    /** -w. */
    FloatVector minusW(FloatVector x) {
        return x.neg();
    }

    /** u = 1, w = x. */
    static final class Sigmoid extends Logistic {
        @Override
        FloatVector numerator(FloatVector x) {
            return FloatVector.broadcast(SPECIES, 1f);
        }
    }

    /** u = x, w = x. */
    static final class Silu extends Logistic {}

    /** u = x, w = √(8/π)·(x + 0.044715·x³). */
    static final class GeluTanh extends Logistic {
        private static final float MINUS_SQRT_8_OVER_PI = -1.5957692f;
        private static final float MINUS_CUBIC = -0.071354814f;
        /** Up to here w is a plain argument of {@link Exponential}. */
        private static final float PLAIN = 9.9f;

        @Override
        public boolean isPlain(FloatVector x) {
            return x.abs().compare(VectorOperators.LE, PLAIN).allTrue();
        }

        @Override
        FloatVector minusW(FloatVector x) {
            return x.mul(x).fma(MINUS_CUBIC, MINUS_SQRT_8_OVER_PI).mul(x);
        }
    }
}
