package dev.infermark.numerics;

/** How a value between two codes finds one of them. */
public sealed interface Rounding {
    /** To the nearer code; half way, to the one whose last bit is zero. */
    static Rounding nearestEven() {
        return new NearestEven();
    }

    /**
     * Stochastic rounding: up or down, so that the expected result is the value itself; the same seed gives the same
     * results.
     */
    static Rounding stochastic(long seed) {
        return new Stochastic(seed);
    }

    /**
     * Shifts a significand right and rounds what falls off.
     *
     * @param significand at most 24 bits, not negative
     * @param shift bits to drop, 1 to 63
     * @param index position of the element in its tensor; chance depends on the seed and this alone
     */
    long shiftRight(long significand, int shift, long index);

    /** Round to nearest, ties to even. */
    record NearestEven() implements Rounding {
        @Override
        public long shiftRight(long significand, int shift, long index) {
            long kept = significand >>> shift;
            long dropped = significand - (kept << shift);
            long half = 1L << (shift - 1);
            boolean up = dropped > half || (dropped == half && (kept & 1) == 1);
            return up ? kept + 1 : kept;
        }
    }

    /**
     * Stochastic rounding: up with the probability that the dropped bits are of one unit in the last place.
     *
     * <p>Chance has 31 bits: what is dropped below 2<sup>-31</sup> of a unit counts as zero.
     *
     * @param seed start of the random sequence
     */
    record Stochastic(long seed) implements Rounding {
        private static final int CHANCE_BITS = 31;

        @Override
        public long shiftRight(long significand, int shift, long index) {
            int near = Math.min(shift, CHANCE_BITS);
            int random = randomBits(index).at((int) index) >>> (Integer.SIZE - near);
            return ((significand >>> (shift - near)) + random) >>> near;
        }

        /** The random numbers of all indices that share an index's upper 32 bits. */
        public RandomBits randomBits(long index) {
            return RandomBits.of(seed, index);
        }
    }
}
