package dev.infermark.kernel.simd;

import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import dev.infermark.numerics.IntegerFormat;
import dev.infermark.numerics.Rounding;

/**
 * Encoding in vectors: lengths are multiples of {@link Lanes#LENGTH}, codes as wide as their elements, and {@code index}
 * is that of the first value.
 *
 * <p>Each way of rounding has loops of its own, and calls to them have places of their own: the JIT compiler gives up on
 * loops that serve several ways, and compiles a seldom one as cold where it shares its place with a frequent one.
 */
sealed interface VectorEncoder
        permits FloatByChance,
                FloatNearest,
                IntegerByChance,
                IntegerNearest,
                UpperBitsByChance,
                UpperBitsNearest,
                WideNearest {
    /** The loops that do as an encoder does; its format is one that {@link SimdConverter} sends to vectors. */
    static VectorEncoder of(Encoder encoder) {
        return switch (encoder.rounding()) {
            case Rounding.NearestEven _ ->
                switch (encoder.format()) {
                    case FloatFormat format when UpperBits.holds(format) ->
                        new UpperBitsNearest(format, encoder.overflow());
                    case FloatFormat format -> new FloatNearest(format, encoder.overflow());
                    case IntegerFormat format when format == IntegerFormat.INT32 -> new WideNearest();
                    case IntegerFormat format -> new IntegerNearest(format);
                };
            case Rounding.Stochastic chance ->
                switch (encoder.format()) {
                    case FloatFormat format when UpperBits.holds(format) ->
                        new UpperBitsByChance(format, encoder.overflow(), chance.randomBits(0));
                    case FloatFormat format -> new FloatByChance(format, encoder.overflow(), chance.randomBits(0));
                    case IntegerFormat format -> new IntegerByChance(format, chance.randomBits(0));
                };
        };
    }

    /** Replaces values by those that their codes stand for. */
    default void round(float[] from, int fromOffset, float[] to, int toOffset, int length, int index) {
        switch (this) {
            case FloatByChance loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case FloatNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case IntegerByChance loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case IntegerNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsByChance loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
            case WideNearest loop -> loop.roundAll(from, fromOffset, to, toOffset, length, index);
        }
    }

    /** Encodes into 8 bits. */
    default void encode(float[] from, int fromOffset, byte[] to, int toOffset, int length, int index) {
        switch (this) {
            case FloatByChance loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case FloatNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerByChance loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsByChance _, UpperBitsNearest _, WideNearest _ ->
                throw new AssertionError("no codes of this width");
        }
    }

    /** Encodes into 16 bits. */
    default void encode(float[] from, int fromOffset, short[] to, int toOffset, int length, int index) {
        switch (this) {
            case FloatByChance loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case FloatNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerByChance loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case IntegerNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsByChance loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case UpperBitsNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case WideNearest _ ->
                throw new AssertionError("no codes of this width");
        }
    }

    /** Encodes into 32 bits. */
    default void encode(float[] from, int fromOffset, int[] to, int toOffset, int length, int index) {
        switch (this) {
            case IntegerByChance loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case WideNearest loop -> loop.encodeAll(from, fromOffset, to, toOffset, length, index);
            case FloatByChance _, FloatNearest _, IntegerNearest _, UpperBitsByChance _, UpperBitsNearest _ ->
                throw new AssertionError("no codes of this width");
        }
    }
}
