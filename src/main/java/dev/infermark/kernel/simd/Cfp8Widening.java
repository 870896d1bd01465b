package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;

/** cFP8 codes in vectors where {@link FloatLayout#holds} them, else one by one. */
final class Cfp8Widening implements Widening<byte[]> {
    private final Element.Cfp8 element;
    private final FloatDecoder decoder;
    private final boolean held;

    Cfp8Widening(Element.Cfp8 element) {
        this.element = element;
        decoder = new FloatDecoder(element.format());
        held = FloatLayout.holds(element.format());
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
        int whole = held ? length - length % Lanes.LENGTH : 0;
        decoder.decode(from, fromOffset, to, toOffset, whole);
        for (int i = whole; i < length; i++) {
            to[toOffset + i] = element.value(from, fromOffset + i);
        }
    }
}
