package dev.infermark.regress.detect;

import dev.infermark.base.Median;
import dev.infermark.regress.statistics.Autocorrelation;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Finds the changes of level in a series of one value per run.
 *
 * <p>Splits the series where a {@link SegmentTest} shows a change, then both parts, and so on; then drops every change
 * that its neighbours explain away and places the others between them; then looks with a {@link TailTest} at the newest
 * runs. All chance comes from one
 * seed and the values, so the same series always gives the same answer.
 */
public final class ChangePointDetector {
    /** Fewest runs in which any change can be shown at the levels used. */
    public static final int LEAST_RUNS = 12;

    private static final double RETURNED = 0.25;
    private static final int MOST_EPISODES = 20;

    private final long seed;

    /** A detector whose random orders come from a seed. */
    public ChangePointDetector(long seed) {
        this.seed = seed;
    }

    /** The lasting changes of a series of values that are not negative, oldest first. */
    public List<ChangePoint> detect(double... values) {
        return find(values).changes();
    }

    /** All that a series of values that are not negative shows. */
    public Findings find(double... values) {
        return findAmong(values, 0);
    }

    /**
     * All that a series of values that are not negative shows, where others tell of the noise's autocorrelation.
     *
     * @param least the least coefficient that the noise is taken to have
     */
    public Findings findAmong(double[] values, double least) {
        if (values.length < LEAST_RUNS) {
            return new Findings(List.of(), List.of(), 0);
        }
        boolean positive = Arrays.stream(values).allMatch(v -> v > 0);
        double[] series = positive ? Arrays.stream(values).map(Math::log).toArray() : values.clone();
        NavigableMap<Integer, Double> taken = split(series, 0);
        Segments first = Segments.of(series, taken.keySet());
        Segments clear = first.clear();
        double coefficient = Math.max(least, coefficient(clear));
        NavigableMap<Integer, Double> changes = coefficient > 0 ? split(series, coefficient) : taken;
        settle(series, coefficient, changes);
        first.modes()
                .or(() -> Segments.of(series, changes.keySet()).modes())
                .ifPresent(modes -> keepBeyond(modes, changes));
        NavigableMap<Integer, EpisodeTest.Stretch> episodes =
                episodes(series, (from, to) -> Math.max(least, coefficient(clear.cut(from, to))), changes);
        newest(series, newest -> Math.max(least, coefficient(clear.cut(newest))), changes);
        return new Levels(series, coefficient, positive).describe(
                changes, episodes.values(), Autocorrelation.estimate(clear.values(), clear.starts()));
    }

    /** Of the changes of a series with modes, keeps only those that the modes do not explain. */
    private void keepBeyond(Modes modes, NavigableMap<Integer, Double> changes) {
        NavigableMap<Integer, Double> kept = modes.overlongStay(SegmentTest.LEVEL);
        double[] rest = modes.conditioned();
        Segments clear = Segments.of(rest, split(rest, 0).keySet()).clear();
        NavigableMap<Integer, Double> shared = split(rest, coefficient(clear));
        settle(rest, coefficient(clear), shared);
        changes.clear();
        changes.putAll(kept);
        changes.putAll(shared);
    }

    /** Autocorrelation of the noise: what the clearest steps leave, for a step is not noise that resembles itself. */
    private static double coefficient(Segments clear) {
        return Autocorrelation.lagOne(clear.values(), clear.starts());
    }

    /** Takes out of the changes what came back to where it began, and adds what is too short for a change. */
    private NavigableMap<Integer, EpisodeTest.Stretch> episodes(
            double[] series, EpisodeTest.Coefficient coefficient, NavigableMap<Integer, Double> changes) {
        NavigableMap<Integer, EpisodeTest.Stretch> found = new TreeMap<>();
        Segments segments = Segments.of(series, changes.keySet());
        for (int s = 1; s + 1 < segments.count(); s++) {
            double before = segments.level(s - 1);
            double jump = Math.abs(segments.level(s) - before);
            boolean isShort = segments.end(s) - segments.start(s) <= EpisodeTest.LONGEST + 1;
            if (isShort && Math.abs(segments.level(s + 1) - before) < RETURNED * jump) {
                double p = Objects.requireNonNull(changes.remove(segments.start(s)));
                changes.remove(segments.end(s));
                found.put(segments.start(s), new EpisodeTest.Stretch(segments.start(s), segments.end(s), p));
                s++;
            }
        }
        double[] residuals = Segments.of(series, changes.keySet()).residuals();
        double scale = Math.abs(Median.of(series));
        found.values().forEach(stretch -> Arrays.fill(residuals, stretch.from(), stretch.to(), 0));
        for (int i = 0; i < MOST_EPISODES; i++) {
            Optional<EpisodeTest.Stretch> next = EpisodeTest.test(residuals, coefficient, scale, seed);
            if (next.isEmpty()) {
                break;
            }
            found.put(next.get().from(), next.get());
            Arrays.fill(residuals, next.get().from(), next.get().to(), 0);
        }
        return found;
    }

    /** What has just begun may be told twice, by its split and by its newest runs: then the clearer one counts. */
    private static void newest(
            double[] series, IntToDoubleFunction coefficient, NavigableMap<Integer, Double> changes) {
        NavigableMap<Integer, Double> recent = changes.tailMap(series.length - TailTest.LONGEST, true);
        NavigableMap<Integer, Double> before = changes.headMap(series.length - TailTest.LONGEST, false);
        TailTest.test(Segments.of(series, before.keySet()), coefficient).ifPresent(tail -> {
            double p = recent.values().stream().mapToDouble(Double::doubleValue).reduce(tail.p(), Math::min);
            recent.clear();
            changes.put(tail.index(), p);
        });
    }

    private NavigableMap<Integer, Double> split(double[] series, double coefficient) {
        NavigableMap<Integer, Double> changes = new TreeMap<>();
        Deque<int[]> stretches = new ArrayDeque<>();
        stretches.add(new int[] {0, series.length});
        while (!stretches.isEmpty()) {
            int[] stretch = stretches.remove();
            int from = stretch[0];
            int to = stretch[1];
            SegmentTest.test(series, from, to, coefficient, seed).ifPresent(split -> {
                changes.put(split.index(), split.p());
                stretches.add(new int[] {from, split.index()});
                stretches.add(new int[] {split.index(), to});
            });
        }
        return changes;
    }

    /** An early split may turn out to lie between two real ones: every change must hold between its neighbours. */
    private void settle(double[] series, double coefficient, NavigableMap<Integer, Double> changes) {
        for (int place : List.copyOf(changes.keySet())) {
            int from = Optional.ofNullable(changes.lowerKey(place)).orElse(0);
            int to = Optional.ofNullable(changes.higherKey(place)).orElse(series.length);
            changes.remove(place);
            SegmentTest.test(series, from, to, coefficient, seed)
                    .ifPresent(split -> changes.put(Localiser.locate(series, from, split.index(), to), split.p()));
        }
    }
}
