package dev.infermark.kernel.provider;

import dev.infermark.numerics.Codes;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.NumberFormat;

/** What {@link dev.infermark.kernel.Converter} leaves to a provider. */
public interface ConverterSupport {
    /** The values of codes. */
    void decode(NumberFormat format, Codes from, int fromOffset, float[] to, int toOffset, int length);

    /** The codes of values. */
    void encode(Encoder encoder, float[] from, int fromOffset, Codes to, int toOffset, int length);

    /** The values that the codes of values stand for. */
    void round(Encoder encoder, float[] from, int fromOffset, float[] to, int toOffset, int length);
}
