package dev.infermark.kernel.reference;

import dev.infermark.kernel.provider.ConverterSupport;
import dev.infermark.numerics.Codes;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.NumberFormat;

/** Conversion of one element after the other. */
public final class ReferenceConverter implements ConverterSupport {
    @Override
    public void decode(NumberFormat format, Codes from, int fromOffset, float[] to, int toOffset, int length) {
        format.decode(from, fromOffset, to, toOffset, length);
    }

    @Override
    public void encode(Encoder encoder, float[] from, int fromOffset, Codes to, int toOffset, int length) {
        encoder.encode(from, fromOffset, to, toOffset, length);
    }

    @Override
    public void round(Encoder encoder, float[] from, int fromOffset, float[] to, int toOffset, int length) {
        encoder.round(from, fromOffset, to, toOffset, length);
    }
}
