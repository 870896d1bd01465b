package dev.infermark.regress.detect;

import dev.infermark.base.Median;
import dev.infermark.regress.statistics.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A series cut into stretches of one level each.
 *
 * @param values the series
 * @param starts first index of each stretch, from 0 on
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
record Segments(double[] values, List<Integer> starts) {
    private static final double LARGE = 4;
    private static final int LEAST_SWITCHES = 4;
    private static final int RUNS_OF_A_MODE = 25;

    /** Cuts a series before each of the indices, which are in order. */
    static Segments of(double[] values, Collection<Integer> cuts) {
        List<Integer> starts = new ArrayList<>(cuts.size() + 1);
        starts.add(0);
        starts.addAll(cuts);
        return new Segments(values, List.copyOf(starts));
    }

    int count() {
        return starts.size();
    }

    int start(int segment) {
        return starts.get(segment);
    }

    int end(int segment) {
        return segment + 1 < starts.size() ? starts.get(segment + 1) : values.length;
    }

    /** The median of a stretch. */
    double level(int segment) {
        return Median.of(Arrays.copyOfRange(values, start(segment), end(segment)));
    }

    private double[] levels() {
        return IntStream.range(0, count()).mapToDouble(this::level).toArray();
    }

    /** What is left of each value without its level, widened for the levels that were fitted. */
    double[] residuals() {
        double[] residuals = new double[values.length];
        double widened = Math.sqrt(values.length / Math.max(1.0, values.length - count()));
        for (int s = 0; s < count(); s++) {
            double level = level(s);
            for (int i = start(s); i < end(s); i++) {
                residuals[i] = widened * (values[i] - level);
            }
        }
        return residuals;
    }

    /**
     * The stays in its lowest and its highest level, in turns, where the series goes to and fro between them as noise
     * with modes does; nothing where it does not. Single outliers do not count, nor does a level between the two.
     */
    Optional<Modes> modes() {
        double[] levels = levels();
        double low = Arrays.stream(levels).min().orElseThrow();
        double high = Arrays.stream(levels).max().orElseThrow();
        if (high - low < LARGE * Robust.spread(residuals(), 0)) {
            return Optional.empty();
        }
        Modes modes = Modes.of(values, low, high);
        return modes.count() > Math.max(LEAST_SWITCHES, values.length / RUNS_OF_A_MODE)
                ? Optional.of(modes)
                : Optional.empty();
    }

    /** The same stretches, cut once more before each of the indices. */
    Segments cut(int... indices) {
        TreeSet<Integer> all = new TreeSet<>(starts);
        Arrays.stream(indices).forEach(all::add);
        return new Segments(values, List.copyOf(all));
    }

    /**
     * The same stretches, of neighbours joined that do not lie clearly apart; all joined where the series goes to and
     * fro between levels, which then are modes of its noise.
     */
    Segments clear() {
        double[] levels = levels();
        double apart = LARGE * Robust.spread(residuals(), 0);
        List<Integer> kept = IntStream.range(1, count())
                .filter(s -> Math.abs(levels[s] - levels[s - 1]) > apart)
                .mapToObj(this::start)
                .toList();
        return of(values, modes().isPresent() ? List.of() : kept);
    }
}
