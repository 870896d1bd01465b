package dev.infermark.runtime.bucket;

import dev.infermark.base.UserError;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often requests have which length.
 *
 * @param counts requests by their length in tokens, shortest first
 */
public record LengthHistogram(SortedMap<Integer, Long> counts) {

    /** Copies the map; refuses none at all, and lengths and counts below one. */
    public LengthHistogram {
        counts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        if (counts.isEmpty()) {
            throw new UserError("there are no lengths; write one length on each line");
        }
        counts.forEach((length, count) -> {
            if (length < 1 || count < 1) {
                throw new UserError(count + " requests of length " + length + " cannot be; give 1 or more of each");
            }
        });
    }

    /** The histogram of lengths as they came. */
    public static LengthHistogram of(Iterable<Integer> lengths) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        lengths.forEach(length -> counts.merge(length, 1L, Math::addExact));
        return new LengthHistogram(counts);
    }

    /** Requests of all lengths. */
    public long requests() {
        return counts.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }

    /** Tokens of all requests. */
    public long tokens() {
        return counts.entrySet().stream()
                .mapToLong(entry -> Math.multiplyExact(entry.getKey().longValue(), entry.getValue()))
                .reduce(0, Math::addExact);
    }

    /** The longest length. */
    public int longest() {
        return counts.lastKey();
    }
}
