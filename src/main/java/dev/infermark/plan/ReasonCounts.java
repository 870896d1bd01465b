package dev.infermark.plan;

import dev.infermark.base.Counted;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Counts reasons for which there is no answer. Those that differ in nothing but numbers and in what they advise after
 * their first semicolon are one; it is told as it came first.
 */
public final class ReasonCounts {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    private final Map<String, Count> counts = new LinkedHashMap<>();

    /**
     * A reason with how often it came.
     *
     * @param times it came
     * @param first of its wordings
     */
    public record Count(long times, String first) {
        /** The reason in words, with how many of what it was a reason for. */
        public String of(String noun, String fate) {
            return Counted.of(times, noun) + fate + (times == 1 ? ": " : ", the first: ") + first;
        }
    }

    /** Counts one. */
    public void add(String reason) {
        String cause = NUMBER.matcher(reason.split(";", 2)[0]).replaceAll("#");
        counts.merge(cause, new Count(1, reason), (known, _) -> new Count(known.times + 1, known.first));
    }

    /** How many were counted. */
    public long total() {
        return counts.values().stream().mapToLong(Count::times).sum();
    }

    /** The reasons, those that came most often first. */
    public List<Count> mostFirst() {
        return counts.values().stream()
                .sorted(Comparator.comparingLong(Count::times).reversed())
                .toList();
    }
}
