package dev.infermark.kernel.simd;

import dev.infermark.kernel.provider.ConverterSupport;
import dev.infermark.kernel.reference.ReferenceConverter;
import dev.infermark.numerics.Codes;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.IntegerFormat;
import dev.infermark.numerics.NumberFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.Rounding;

/**
 * Finds the conversion in vectors. What has none, or is shorter than a vector, goes one by one; of what is no multiple
 * of a vector, the last vector does some elements a second time, which changes nothing.
 */
final class SimdConverter implements ConverterSupport {
    private static final boolean FP16_BY_PROCESSOR = HalfFloats.treatNanAsProcessorsDo();

    private final ConverterSupport oneByOne = new ReferenceConverter();

    /** Those of the encoder that was used last, which mostly is the next one too. */
    private volatile Loops loops = new Loops(Encoder.of(FloatFormat.BF16));

    /** An encoder and the loops that do as it does. */
    private record Loops(Encoder encoder, VectorEncoder vectors) {
        Loops(Encoder encoder) {
            this(encoder, VectorEncoder.of(encoder));
        }
    }

    @Override
    public void decode(NumberFormat format, Codes from, int fromOffset, float[] to, int toOffset, int length) {
        if (length < Lanes.LENGTH || !isHandled(format, from)) {
            oneByOne.decode(format, from, fromOffset, to, toOffset, length);
            return;
        }
        int whole = length - length % Lanes.LENGTH;
        decodeWhole(format, from, fromOffset, to, toOffset, whole);
        if (whole < length) {
            int last = length - Lanes.LENGTH;
            decodeWhole(format, from, fromOffset + last, to, toOffset + last, Lanes.LENGTH);
        }
    }

    @Override
    public void encode(Encoder encoder, float[] from, int fromOffset, Codes to, int toOffset, int length) {
        if (length < Lanes.LENGTH || !isHandled(encoder.format(), to)) {
            oneByOne.encode(encoder, from, fromOffset, to, toOffset, length);
            return;
        }
        int whole = length - length % Lanes.LENGTH;
        encodeWhole(encoder, from, fromOffset, to, toOffset, whole, 0);
        if (whole < length) {
            int last = length - Lanes.LENGTH;
            encodeWhole(encoder, from, fromOffset + last, to, toOffset + last, Lanes.LENGTH, last);
        }
    }

    @Override
    public void round(Encoder encoder, float[] from, int fromOffset, float[] to, int toOffset, int length) {
        if (length < Lanes.LENGTH || !isHandled(encoder.format())) {
            oneByOne.round(encoder, from, fromOffset, to, toOffset, length);
            return;
        }
        int whole = length - length % Lanes.LENGTH;
        VectorEncoder vectors = vectors(encoder);
        int done = 0;
        while (done < whole) {
            int some = Math.min(vectors.most(), whole - done);
            vectors.round(from, fromOffset + done, to, toOffset + done, some, done);
            done += some;
        }
        if (whole < length) {
            int last = length - Lanes.LENGTH;
            vectors.round(from, fromOffset + last, to, toOffset + last, Lanes.LENGTH, last);
        }
    }

    private static boolean isHandled(NumberFormat format, Codes codes) {
        return format.bits() == codes.width() && isHandled(format);
    }

    private static boolean isHandled(NumberFormat format) {
        return switch (format) {
            case FloatFormat floats -> UpperBits.holds(floats) || FloatLayout.holds(floats);
            case IntegerFormat _ -> true;
        };
    }

    private static void decodeWhole(
            NumberFormat format, Codes from, int fromOffset, float[] to, int toOffset, int length) {
        switch (format) {
            case FloatFormat floats -> decodeFloats(floats, from, fromOffset, to, toOffset, length);
            case IntegerFormat integers -> decodeIntegers(integers, from, fromOffset, to, toOffset, length);
        }
    }

    private static void decodeFloats(
            FloatFormat format, Codes from, int fromOffset, float[] to, int toOffset, int length) {
        switch (from) {
            case Codes.Bytes codes -> new FloatDecoder(format).decode(codes.array(), fromOffset, to, toOffset, length);
            case Codes.Shorts codes when isBf16(format) ->
                    UpperBitsDecoder.decode(codes.array(), fromOffset, to, toOffset, length);
            case Codes.Shorts codes when isProcessors(format) ->
                    HalfFloats.decode(codes.array(), fromOffset, to, toOffset, length);
            case Codes.Shorts codes -> new FloatDecoder(format).decode(codes.array(), fromOffset, to, toOffset, length);
            case Codes.Ints _ -> throw new AssertionError(format.label() + " has no codes of 32 bits in vectors");
        }
    }

    private static void decodeIntegers(
            IntegerFormat format, Codes from, int fromOffset, float[] to, int toOffset, int length) {
        switch (from) {
            case Codes.Bytes codes when format == IntegerFormat.UINT8 ->
                    IntegerDecoder.decodeUnsigned(codes.array(), fromOffset, to, toOffset, length);
            case Codes.Bytes codes -> IntegerDecoder.decode(codes.array(), fromOffset, to, toOffset, length);
            case Codes.Shorts codes -> IntegerDecoder.decode(codes.array(), fromOffset, to, toOffset, length);
            case Codes.Ints codes -> IntegerDecoder.decode(codes.array(), fromOffset, to, toOffset, length);
        }
    }

    @SuppressWarnings("ReferenceEquality") // comparing what encoders hold would take as long as making the loops
    private VectorEncoder vectors(Encoder encoder) {
        Loops last = loops;
        if (last.encoder != encoder) {
            last = new Loops(encoder);
            loops = last;
        }
        return last.vectors;
    }

    private void encodeWhole(
            Encoder encoder, float[] from, int fromOffset, Codes to, int toOffset, int length, int index) {
        VectorEncoder vectors = vectors(encoder);
        int done = 0;
        while (done < length) {
            int some = Math.min(vectors.most(), length - done);
            encodeSome(encoder, vectors, from, fromOffset + done, to, toOffset + done, some, index + done);
            done += some;
        }
    }

    private static void encodeSome(
            Encoder encoder,
            VectorEncoder vectors,
            float[] from,
            int fromOffset,
            Codes to,
            int toOffset,
            int length,
            int index) {
        switch (to) {
            case Codes.Bytes codes -> vectors.encode(from, fromOffset, codes.array(), toOffset, length, index);
            case Codes.Shorts codes when isProcessors(encoder) ->
                    HalfFloats.encode(from, fromOffset, codes.array(), toOffset, length);
            case Codes.Shorts codes -> vectors.encode(from, fromOffset, codes.array(), toOffset, length, index);
            case Codes.Ints codes -> vectors.encode(from, fromOffset, codes.array(), toOffset, length, index);
        }
    }

    private static boolean isBf16(FloatFormat format) {
        return UpperBits.holds(format) && format.bits() == Short.SIZE;
    }

    private static boolean isProcessors(FloatFormat format) {
        return FP16_BY_PROCESSOR && format.exponentBits() == 5 && format.fractionBits() == 10 && format.bias() == 15;
    }

    private static boolean isProcessors(Encoder encoder) {
        return encoder.format() instanceof FloatFormat format
                && isProcessors(format)
                && encoder.rounding() instanceof Rounding.NearestEven
                && encoder.overflow() == Overflow.INFINITY;
    }
}
