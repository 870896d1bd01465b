package dev.infermark.regress.history;

import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.detect.Findings;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.statistics.Autocorrelation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each benchmark of a suite shows. One history estimates the autocorrelation of its noise badly, the suite's do
 * well together: what does not hold under what they have in common is no finding.
 */
public final class SuiteFindings {
    private static final int LONG = 30;

    private SuiteFindings() {}

    /**
     * Looks for changes, of whatever size, in all histories at once.
     *
     * @param progress runs after each benchmark
     */
    public static List<SeriesReport> of(List<Series> suite, ChangePointDetector detector, Runnable progress) {
        List<Findings> found = suite.parallelStream()
                .map(series -> {
                    Findings findings = detector.find(series.values());
                    progress.run();
                    return findings;
                })
                .toList();
        double common = Autocorrelation.common(IntStream.range(0, found.size())
                .filter(i -> suite.get(i).runs().size() >= LONG)
                .mapToDouble(i -> found.get(i).coefficient())
                .toArray());
        return IntStream.range(0, found.size())
                .parallel()
                .mapToObj(i -> SeriesReport.of(suite.get(i), settled(suite.get(i), found.get(i), detector, common)))
                .toList();
    }

    private static Findings settled(Series series, Findings findings, ChangePointDetector detector, double common) {
        boolean isFlat = findings.changes().isEmpty() && findings.episodes().isEmpty();
        return common == 0 || isFlat ? findings : detector.findAmong(series.values(), common);
    }
}
