package dev.infermark.kernel;

import dev.infermark.base.Ranges;
import dev.infermark.kernel.provider.ConverterSupport;
import dev.infermark.numerics.Codes;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.NumberFormat;

/**
 * Conversion between FP32 and the other number formats, in bulk; the results are, bit for bit, those that {@link
 * Encoder} and {@link NumberFormat} give one by one.
 *
 * <p>Element {@code i} of a call has index {@code i} for stochastic rounding, whatever the offsets. From one format to
 * another, decode to FP32 and encode from there.
 */
public final class Converter {
    private final ConverterSupport support;

    Converter(ConverterSupport support) {
        this.support = support;
    }

    /** Decodes {@code length} codes; exact but for INT32 beyond 2<sup>24</sup>, which round to nearest even. */
    public void decode(NumberFormat format, Codes from, int fromOffset, float[] to, int toOffset, int length) {
        from.check("from", format, fromOffset, length);
        Ranges.check("to", to.length, toOffset, length);
        support.decode(format, from, fromOffset, to, toOffset, length);
    }

    /** Encodes {@code length} values; codes narrower than the elements of {@code to} fill their lower bits. */
    public void encode(Encoder encoder, float[] from, int fromOffset, Codes to, int toOffset, int length) {
        Ranges.check("from", from.length, fromOffset, length);
        to.check("to", encoder.format(), toOffset, length);
        support.encode(encoder, from, fromOffset, to, toOffset, length);
    }

    /**
     * Replaces each of {@code length} values by the one that its code stands for, as TF32 is stored.
     *
     * @param to overwritten; may be {@code from} at the same offset but not overlap it otherwise
     */
    @SuppressWarnings("ReferenceEquality") // the same array, not the same content
    public void round(Encoder encoder, float[] from, int fromOffset, float[] to, int toOffset, int length) {
        Ranges.check("from", from.length, fromOffset, length);
        Ranges.check("to", to.length, toOffset, length);
        if (from == to && fromOffset != toOffset && Math.abs((long) fromOffset - toOffset) < length) {
            throw new IllegalArgumentException("to, " + length + " elements at " + toOffset + ", overlaps from, "
                    + length + " elements at " + fromOffset + " of the same array");
        }
        support.round(encoder, from, fromOffset, to, toOffset, length);
    }
}
