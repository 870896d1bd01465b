package dev.infermark.numerics;

/** How a value between two codes finds one of them. */
public sealed interface Rounding {
    /** To the nearer code; half way, to the one whose last bit is zero. */
    static Rounding nearestEven() {
        return new NearestEven();
    }

    /** Up or down by chance, so that the expected result is the value itself; the same seed gives the same results. */
    static Rounding stochastic(long seed) {
        return new Stochastic(seed);
    }

    /**
     * Shifts a significand right and rounds what falls off.
     *
     * @param significand at most 24 bits, not negative
     * @param shift bits to drop, 1 to 62
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
     * @param seed start of the random sequence
     */
    record Stochastic(long seed) implements Rounding {
        @Override
        public long shiftRight(long significand, int shift, long index) {
            long random = mix(seed + mix(index)) >>> (Long.SIZE - shift);
            return (significand + random) >>> shift;
        }

        /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) after one step of its sequence. */
        private static long mix(long state) {
            long z = state + 0x9e3779b97f4a7c15L;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return z ^ (z >>> 31);
        }
    }
}
