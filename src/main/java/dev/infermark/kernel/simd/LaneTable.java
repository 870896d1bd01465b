package dev.infermark.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Selection from a row of 16 or 32 numbers by an index per lane, in registers.
 *
 * <p>Tables are rows of bits: C2 knows {@code int} arrays apart from the {@code float} arrays that a loop writes and
 * keeps them in registers. An index must be less than the row's length.
 */
final class LaneTable {
    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private LaneTable() {}

    /** A table of zeros; vectors wider than a row read past the last one. */
    static int[] of(int rows, int rowLength) {
        return new int[rows * rowLength + 2 * LANES];
    }

    /** Entries of a row of 16 that starts at a place of the table. */
    static FloatVector of16(int[] table, int start, IntVector index) {
        return LANES >= 16
                ? index.selectFrom(IntVector.fromArray(SPECIES, table, start)).reinterpretAsFloats()
                : ofPairs(table, start, 16, index);
    }

    /** Entries of a row of 32 that starts at a place of the table. */
    static FloatVector of32(int[] table, int start, IntVector index) {
        return LANES >= 16
                ? index.selectFrom(
                                IntVector.fromArray(SPECIES, table, start),
                                IntVector.fromArray(SPECIES, table, start + LANES))
                        .reinterpretAsFloats()
                : ofPairs(table, start, 32, index);
    }

    /** From two vectors at a time, keeping what the pair has that the index is in. */
    private static FloatVector ofPairs(int[] table, int start, int rowLength, IntVector index) {
        IntVector inPair = index.and(2 * LANES - 1);
        IntVector entries = IntVector.zero(SPECIES);
        for (int from = 0; from < rowLength; from += 2 * LANES) {
            IntVector pair = inPair.selectFrom(
                    IntVector.fromArray(SPECIES, table, start + from),
                    IntVector.fromArray(SPECIES, table, start + from + LANES));
            entries = entries.blend(pair, index.compare(VectorOperators.GE, from));
        }
        return entries.reinterpretAsFloats();
    }
}
