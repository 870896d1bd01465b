package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** ln(1 + exp(x)) = max(x, 0) + ln(1 + e) with e = exp(-|x|), which neither overflows nor cancels. */
final class Softplus implements LaneFunction {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** ln(1 + e) = e·P(e) for 0 ≤ e ≤ 1; minimax with relative error 9.0e-10. */
    private static final float P0 = 1.0f;
    private static final float P1 = -0x1.fffff8p-2f;
    private static final float P2 = 0x1.5553b6p-2f;
    private static final float P3 = -0x1.ffc59ep-3f;
    private static final float P4 = 0x1.978b54p-3f;
    private static final float P5 = -0x1.4a72b2p-3f;
    private static final float P6 = 0x1.ff28d8p-4f;
    private static final float P7 = -0x1.54f16cp-4f;
    private static final float P8 = 0x1.58ff44p-5f;
    private static final float P9 = -0x1.c0a2p-7f;
    private static final float P10 = 0x1.113634p-9f;

    @Override
    public boolean isPlain(FloatVector x) {
        return x.abs().compare(VectorOperators.LE, Exponential.PLAIN).allTrue();
    }

    @Override
    public FloatVector plain(FloatVector x) {
        return sum(x, Exponential.ofPlain(x.abs().neg()));
    }

    @Override
    public FloatVector any(FloatVector x) {
        return sum(x, Exponential.of(x.abs().neg()));
    }

    private static FloatVector sum(FloatVector x, FloatVector e) {
        FloatVector p = e.fma(P10, P9);
        p = p.fma(e, FloatVector.broadcast(SPECIES, P8));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P7));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P6));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P5));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P4));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P3));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P2));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P1));
        p = p.fma(e, FloatVector.broadcast(SPECIES, P0));
        return p.fma(e, x.blend(0f, x.compare(VectorOperators.LT, 0f)));
    }
}
