package dev.infermark.regress.history;

import dev.infermark.regress.parse.Series;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A look at a suite's histories, known again by what they held.
 *
 * @param newest name of the newest run
 * @param runs how many runs there were
 */
public record Look(String newest, int runs) {
    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    /**
     * The look at histories as they are: the newest run is that of the highest number where all runs are numbers, else
     * the latest where all have a time, else the one with which most histories end.
     */
    public static Look at(List<Series> suite) {
        Map<String, Series.Run> runs = new LinkedHashMap<>();
        suite.forEach(series -> series.runs().forEach(run -> runs.putIfAbsent(run.label(), run)));
        return new Look(newest(suite, runs.values()), runs.size());
    }

    private static String newest(List<Series> suite, Collection<Series.Run> runs) {
        if (runs.stream().allMatch(run -> WHOLE.matcher(run.label()).matches())) {
            return runs.stream()
                    .map(Series.Run::label)
                    .max(Comparator.comparing(BigInteger::new))
                    .orElse("");
        }
        if (runs.stream().noneMatch(run -> run.time().isEmpty())) {
            return runs.stream()
                    .max(Comparator.comparing(run -> run.time().orElse(Instant.MIN)))
                    .map(Series.Run::label)
                    .orElse("");
        }
        Map<String, Integer> ends = new HashMap<>();
        suite.stream()
                .filter(series -> !series.runs().isEmpty())
                .forEach(series -> ends.merge(series.runs().getLast().label(), 1, Integer::sum));
        return ends.entrySet().stream()
                .max(Comparator.comparing((Map.Entry<String, Integer> end) -> Objects.requireNonNull(end.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
