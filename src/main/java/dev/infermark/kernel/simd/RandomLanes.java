package dev.infermark.kernel.simd;

import dev.infermark.numerics.RandomBits;
import dev.infermark.numerics.Rounding;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The numbers of {@link RandomBits}, a vector of consecutive indices at a time. */
final class RandomLanes {
    private static final IntVector LANE = IntVector.zero(Lanes.INTS).addIndex(1);
    private static final RandomBits NO_CHANCE = new RandomBits(0, 0);

    private RandomLanes() {}

    /** What a way of rounding gives {@link #at}; any key where nothing is left to chance. */
    static RandomBits key(Rounding rounding) {
        return switch (rounding) {
            case Rounding.Stochastic chance -> chance.randomBits(0);
            case Rounding.NearestEven _ -> NO_CHANCE;
        };
    }

    /** The numbers of the indices from the given one on. */
    static IntVector at(RandomBits key, int index) {
        IntVector x = LANE.add(index + key.first());
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16)).mul(RandomBits.MULTIPLIER_1);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15))
                .lanewise(VectorOperators.XOR, key.second())
                .mul(RandomBits.MULTIPLIER_2);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
    }

    /**
     * Shifts significands right and rounds them up where the dropped bits and the random ones carry, as {@link
     * dev.infermark.numerics.Rounding.Stochastic} does one by one.
     *
     * @param significand at most 24 bits
     * @param shift 1 to 255
     */
    static IntVector shiftRight(IntVector significand, IntVector shift, IntVector random) {
        // Shifts by vectors take their counts modulo 32, so the negative count is 32 less the positive one.
        IntVector near = significand
                .add(random.lanewise(VectorOperators.LSHR, shift.neg()))
                .lanewise(VectorOperators.LSHR, shift);
        var far = shift.compare(VectorOperators.GT, Integer.SIZE - 1);
        return far.anyTrue() ? near.blend(shiftFarRight(significand, shift, random), far) : near;
    }

    /** The same for shifts of at least 32, which leave nothing but the carry. */
    private static IntVector shiftFarRight(IntVector significand, IntVector shift, IntVector random) {
        IntVector fraction = significand.lanewise(VectorOperators.LSHR, shift.min(Long.SIZE - 1));
        var carry = fraction.add(random).compare(VectorOperators.ULT, random);
        return IntVector.zero(Lanes.INTS).add(1, carry);
    }
}
