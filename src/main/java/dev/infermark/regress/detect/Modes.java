package dev.infermark.regress.detect;

import dev.infermark.base.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * A series that goes to and fro between two levels, cut where it goes from one to the other.
 *
 * @param values the series
 * @param starts first index of each stay, from 0 on; every other stay is in the same mode
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
record Modes(double[] values, List<Integer> starts) {
    private static final int AROUND = 2;
    private static final double NEAR = 0.25;

    /** The stays, told by the medians of five neighbours; what lies between the levels belongs to the stay before. */
    static Modes of(double[] values, double low, double high) {
        double toLow = low + NEAR * (high - low);
        double toHigh = high - NEAR * (high - low);
        List<Integer> starts = new ArrayList<>();
        double mode = 0;
        for (int i = AROUND; i + AROUND < values.length; i++) {
            double middle = Median.of(Arrays.copyOfRange(values, i - AROUND, i + AROUND + 1));
            double side = middle <= toLow ? -1 : middle >= toHigh ? 1 : mode;
            if (side != mode) {
                starts.add(starts.isEmpty() ? 0 : i);
                mode = side;
            }
        }
        return new Modes(values, starts.isEmpty() ? List.of(0) : List.copyOf(starts));
    }

    /** How many stays there are. */
    int count() {
        return starts.size();
    }

    /**
     * The values without their modes, each mode by its median: a change of level that both modes share is left.
     */
    double[] conditioned() {
        double[] rest = values.clone();
        for (int parity = 0; parity < 2; parity++) {
            double[] mode = new double[values.length];
            int size = 0;
            for (int s = parity; s < count(); s += 2) {
                int length = end(s) - starts.get(s);
                System.arraycopy(values, starts.get(s), mode, size, length);
                size += length;
            }
            double level = Median.of(Arrays.copyOf(mode, size));
            for (int s = parity; s < count(); s += 2) {
                for (int i = starts.get(s); i < end(s); i++) {
                    rest[i] = values[i] - level;
                }
            }
        }
        return rest;
    }

    /**
     * Where the longest stay begins and ends, if the other stays do not explain one so long: if the series leaves its
     * modes by chance at any run, the ratio of a stay to the mean of the others follows an F distribution.
     */
    NavigableMap<Integer, Double> overlongStay(double level) {
        int longest = 0;
        for (int s = 1; s < count(); s++) {
            longest = end(s) - starts.get(s) > end(longest) - starts.get(longest) ? s : longest;
        }
        int length = end(longest) - starts.get(longest);
        double others = (double) (values.length - length) / (count() - 1);
        double p = Math.min(
                1, count() * FDistribution.of(2, 2.0 * (count() - 1)).survivalProbability(length / others));
        NavigableMap<Integer, Double> kept = new TreeMap<>();
        if (p <= level) {
            IntStream.of(starts.get(longest), end(longest))
                    .filter(place -> place > 0 && place < values.length)
                    .forEach(place -> kept.put(place, p));
        }
        return kept;
    }

    private int end(int stay) {
        return stay + 1 < count() ? starts.get(stay + 1) : values.length;
    }
}
