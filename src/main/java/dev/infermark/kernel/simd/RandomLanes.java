package dev.infermark.kernel.simd;

import dev.infermark.numerics.RandomBits;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** The numbers of {@link RandomBits}, a vector of consecutive indices at a time. */
final class RandomLanes {
    private static final IntVector LANE = IntVector.zero(Lanes.INTS).addIndex(1);
    private static final IntVector MULTIPLIER_1 = IntVector.broadcast(Lanes.INTS, RandomBits.MULTIPLIER_1);
    private static final IntVector MULTIPLIER_2 = IntVector.broadcast(Lanes.INTS, RandomBits.MULTIPLIER_2);
    private static final IntVector NEAR = IntVector.broadcast(Lanes.INTS, Integer.SIZE - 1);
    private static final IntVector FAR = IntVector.broadcast(Lanes.INTS, 2 * (Integer.SIZE - 1));

    private RandomLanes() {}

    /** The numbers of the indices from the given one on. */
    static IntVector at(RandomBits key, int index) {
        IntVector x = LANE.add(Lanes.all(index + key.first()));
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16))
                .lanewise(VectorOperators.XOR, Lanes.all(key.second()))
                .mul(MULTIPLIER_1);
        x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15)).mul(MULTIPLIER_2);
        return x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
    }

    /**
     * Shifts significands right and rounds them up where the dropped bits and the random ones carry, as {@link
     * dev.infermark.numerics.Rounding.Stochastic} does one by one.
     *
     * @param significand at most 24 bits
     * @param shift at least 1
     */
    static IntVector shiftRight(IntVector significand, IntVector shift, IntVector random) {
        IntVector near = shift.min(NEAR);
        IntVector far = shift.min(FAR).sub(near);
        // Shifts by vectors take their counts modulo 32, so the negative count is 32 less the positive one.
        return significand
                .lanewise(VectorOperators.LSHR, far)
                .add(random.lanewise(VectorOperators.LSHR, near.neg()))
                .lanewise(VectorOperators.LSHR, near);
    }
}
