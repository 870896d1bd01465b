package dev.infermark.kernel.simd;

import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.IntegerFormat;
import dev.infermark.numerics.NumberFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.RandomBits;
import dev.infermark.numerics.Rounding;

/**
 * Encoding in vectors: lengths are multiples of {@link Lanes#LENGTH}, codes as wide as their elements, and {@code
 * index} is that of the first value.
 *
 * <p>Each way of rounding has loops of its own, and calls to them have places of their own: the JIT compiler gives up
 * on loops that serve several ways, and takes a seldom one for cold where it shares its place with a frequent one.
 */
sealed interface VectorEncoder
        permits FloatStochastic,
                FloatNearest,
                IntegerStochastic,
                IntegerNearest,
                UpperBitsStochastic,
                UpperBitsNearest,
                WideNearest {
    /** The loops that do as an encoder does; its format is one that {@link SimdConverter} sends to vectors. */
    static VectorEncoder of(Encoder encoder) {
        return switch (encoder.rounding()) {
            case Rounding.NearestEven _ -> nearest(encoder.format(), encoder.overflow());
            case Rounding.Stochastic chance -> byChance(encoder.format(), encoder.overflow(), chance.randomBits(0));
        };
    }

    private static VectorEncoder nearest(NumberFormat format, Overflow overflow) {
        return switch (format) {
            case FloatFormat floats when UpperBits.holds(floats) -> new UpperBitsNearest(floats, overflow);
            case FloatFormat floats -> new FloatNearest(floats, overflow);
            case IntegerFormat integers when integers == IntegerFormat.INT32 -> new WideNearest();
            case IntegerFormat integers -> new IntegerNearest(integers);
        };
    }

    private static VectorEncoder byChance(NumberFormat format, Overflow overflow, RandomBits random) {
        return switch (format) {
            case FloatFormat floats when UpperBits.holds(floats) -> new UpperBitsStochastic(floats, overflow, random);
            case FloatFormat floats -> new FloatStochastic(floats, overflow, random);
            case IntegerFormat integers -> new IntegerStochastic(integers, random);
        };
    }

    /** How many values it does at once. */
    default int most() {
        return Integer.MAX_VALUE;
    }

    /** Replaces values by those that their codes stand for. */
    default void round(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        switch (this) {
            case FloatStochastic loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case FloatNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case IntegerStochastic loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case IntegerNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsStochastic loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case WideNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
        }
    }

    /** Encodes into 8 bits. */
    default void encode(float[] from, int fromOffset, byte[] to, int toOffset, int length, int index) {
        switch (this) {
            case FloatStochastic loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case FloatNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerStochastic loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsStochastic _, UpperBitsNearest _, WideNearest _ ->
                throw new AssertionError("no codes of this width");
        }
    }

    /** Encodes into 16 bits. */
    default void encode(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        switch (this) {
            case FloatStochastic loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case FloatNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerStochastic loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsStochastic loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case WideNearest _ ->
                throw new AssertionError("no codes of this width");
        }
    }

    /** Encodes into 32 bits. */
    default void encode(float[] from, int fromOffset, int[] to, int toOffset, int length, int index) {
        switch (this) {
            case IntegerStochastic loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case WideNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case FloatStochastic _, FloatNearest _, IntegerNearest _, UpperBitsStochastic _, UpperBitsNearest _ ->
                throw new AssertionError("no codes of this width");
        }
    }
}
