package dev.infermark.runtime.lazy;

import dev.infermark.base.UserError;
import dev.infermark.runtime.bucket.Buckets;
import dev.infermark.runtime.bucket.LengthHistogram;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * Requests of different lengths, one after the other, and what they meet by the way that programs come about. Loading
 * the weights, which every way does once, is left out.
 *
 * @param lengths of the requests in tokens, in the order in which they come
 * @param compileSeconds the compiler's time for one shape
 * @param callSeconds the time of a call of a length whose program is loaded
 */
public record ShapeTrace(List<Integer> lengths, double compileSeconds, IntToDoubleFunction callSeconds) {

    /** Copies the list; refuses none. */
    public ShapeTrace {
        lengths = List.copyOf(lengths);
        if (lengths.isEmpty()) {
            throw new UserError("there are no lengths; write one length on each line");
        }
    }

    /**
     * What the requests meet.
     *
     * @param compiles programs that the compiler makes
     * @param aheadSeconds compiling before the first request comes
     * @param firstSeconds from the first request to its answer
     * @param totalSeconds from the first request to the last answer
     * @param steadySeconds mean time of a call when all shapes are known
     */
    public record Outcome(
            int compiles, double aheadSeconds, double firstSeconds, double totalSeconds, double steadySeconds) {}

    /** Lazy tensors with an empty cache: the first call of each length waits for the compiler. */
    public Outcome lazy(LazyFigures figures) {
        return lazily(distinct().size(), compileSeconds, figures);
    }

    /** Lazy tensors in a process that finds all programs in the cache of an earlier one. */
    public Outcome cached(LazyFigures figures) {
        return lazily(0, figures.fetch().base(), figures);
    }

    private Outcome lazily(int compiles, double newSeconds, LazyFigures figures) {
        double steady = lengths.stream().mapToDouble(callSeconds::applyAsDouble).sum()
                + lengths.size() * figures.dispatch().base();
        double first = callSeconds.applyAsDouble(lengths.getFirst()) + figures.dispatch().base() + newSeconds;
        return new Outcome(
                compiles, 0, first, steady + distinct().size() * newSeconds, steady / lengths.size());
    }

    /** A model traced for these buckets before the first request comes. */
    public Outcome traced(Buckets buckets) {
        double total = buckets.cost(LengthHistogram.of(lengths), callSeconds);
        int compiles = buckets.lengths().size();
        return new Outcome(
                compiles,
                compiles * compileSeconds,
                callSeconds.applyAsDouble(buckets.bucket(lengths.getFirst())),
                total,
                total / lengths.size());
    }

    private Set<Integer> distinct() {
        return new HashSet<>(lengths);
    }
}
