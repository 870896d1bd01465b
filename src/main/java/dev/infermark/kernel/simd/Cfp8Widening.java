package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;
import dev.infermark.numerics.FloatFormat;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** cFP8 codes with their bits moved to the places of FP32, then multiplied by the power of two between the biases. */
final class Cfp8Widening implements Widening<byte[]> {
    private static final int FRACTION_BITS = 23;
    private static final int BIAS = 127;
    private static final int INFINITY = 0x7f800000;

    private final Element.Cfp8 element;
    private final int shift;
    private final int magnitudes;
    private final int infinity;
    /** Two factors, since one may be beyond FP32. */
    private final float factor;

    private final float otherFactor;

    Cfp8Widening(Element.Cfp8 element) {
        this.element = element;
        FloatFormat format = element.format();
        shift = FRACTION_BITS - format.fractionBits();
        magnitudes = Byte.MAX_VALUE << shift;
        infinity = format.infinity() << shift;
        int power = BIAS - format.bias();
        factor = Math.scalb(1f, power / 2);
        otherFactor = Math.scalb(1f, power - power / 2);
    }

    @Override
    public void widen(
            byte[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        for (int i = 0; i < rows; i++) {
            widenRow(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
        }
    }

    private void widenRow(byte[] from, int fromOffset, float[] to, int toOffset, int length) {
        int i = 0;
        for (; i <= length - Lanes.LENGTH; i += Lanes.LENGTH) {
            value(Lanes.load(from, fromOffset + i)).intoArray(to, toOffset + i);
        }
        for (; i < length; i++) {
            to[toOffset + i] = element.value(from, fromOffset + i);
        }
    }

    /** The values of codes, which are sign extended. */
    private FloatVector value(IntVector code) {
        IntVector magnitude = code.lanewise(VectorOperators.LSHL, shift).and(magnitudes);
        IntVector sign = code.and(Integer.MIN_VALUE);
        IntVector value = magnitude.reinterpretAsFloats().mul(factor).mul(otherFactor).reinterpretAsInts();
        return value.lanewise(VectorOperators.OR, INFINITY, magnitude.compare(VectorOperators.GE, infinity))
                .or(sign)
                .reinterpretAsFloats();
    }
}
