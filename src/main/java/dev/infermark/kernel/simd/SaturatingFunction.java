package dev.infermark.kernel.simd;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * An odd function with slope 1 or so at 0 that ends in a constant, such as tanh: a polynomial for each quarter of a
 * binade, its coefficients looked up in registers.
 *
 * <p>With a the magnitude of a lane and c near the middle of its piece, f(a) = f(c) + (a - c)·Q(a - c). At most an
 * eighth of f(a) is added to f(c), and c is chosen so that f(c) is nearly a number of FP32: the rounding of the sum
 * counts, and little else. Below the first binade f(a) = a + a·Q(a).
 */
final class SaturatingFunction implements LaneFunction {
    private static final int SIGN = 0x8000_0000;

    private final int[] pieces;
    private final float end;

    /** A function that rounds to its limit from {@code end} on; Q's coefficients are computed from f. */
    SaturatingFunction(DoubleUnaryOperator f, float end) {
        this.pieces = new Pieces(f, end).table();
        this.end = end;
    }

    @Override
    public FloatVector plain(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        FloatVector magnitude = bits.and(~SIGN).reinterpretAsFloats();
        FloatVector a = magnitude.blend(end, magnitude.compare(VectorOperators.GT, end));
        IntVector piece = a.reinterpretAsInts()
                .lanewise(VectorOperators.LSHR, Pieces.SHIFT)
                .sub(Pieces.LOWEST)
                .max(0)
                .and(Pieces.COUNT - 1);
        FloatVector centre = LaneTable.of32(pieces, Pieces.CENTRE, piece);
        FloatVector value = LaneTable.of32(pieces, Pieces.VALUE, piece);
        FloatVector q0 = LaneTable.of32(pieces, Pieces.Q0, piece);
        FloatVector q1 = LaneTable.of32(pieces, Pieces.Q1, piece);
        FloatVector q2 = LaneTable.of32(pieces, Pieces.Q2, piece);
        FloatVector q3 = LaneTable.of32(pieces, Pieces.Q3, piece);
        FloatVector q4 = LaneTable.of32(pieces, Pieces.Q4, piece);
        FloatVector d = a.sub(centre);
        FloatVector q = d.fma(d.fma(d.fma(d.fma(q4, q3), q2), q1), q0);
        FloatVector atCentre = value.blend(a, a.compare(VectorOperators.LT, Pieces.FIRST));
        return d.fma(q, atCentre).reinterpretAsInts().or(bits.and(SIGN)).reinterpretAsFloats();
    }
}
