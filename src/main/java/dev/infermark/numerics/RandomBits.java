package dev.infermark.numerics;

/**
 * Random numbers by position: 32 uniform bits for each index, from 32-bit arithmetic alone, so that vectors find them
 * as fast as they are needed.
 *
 * <p>An index is added to one half of the key and mixed by lowbias32 (Wellons, Prospecting for Hash Functions, 2018),
 * with the other half of the key taken in before its multiplications, lest the sequences of two seeds be one sequence
 * shifted.
 *
 * @param first what is added to the index
 * @param second what is taken in before the multiplications
 */
public record RandomBits(int first, int second) {
    /** The first multiplier of the mixture. */
    public static final int MULTIPLIER_1 = 0x7feb352d;
    /** The second multiplier of the mixture. */
    public static final int MULTIPLIER_2 = 0x846ca68b;

    /** The numbers that a seed gives the 2<sup>32</sup> indices that share an index's upper half. */
    static RandomBits of(long seed, long index) {
        long key = mix(seed + mix(index >>> Integer.SIZE));
        return new RandomBits((int) (key >>> Integer.SIZE), (int) key);
    }

    /** The number of the index that has this lower half. */
    public int at(int index) {
        int x = index + first;
        x = (x ^ (x >>> 16) ^ second) * MULTIPLIER_1;
        x = (x ^ (x >>> 15)) * MULTIPLIER_2;
        return x ^ (x >>> 16);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) after one step of its sequence. */
    private static long mix(long state) {
        long z = state + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
