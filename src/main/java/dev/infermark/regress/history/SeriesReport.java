package dev.infermark.regress.history;

import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Effect;
import dev.infermark.regress.verdict.Verdict;
import java.util.List;

/**
 * What a benchmark's history shows.
 *
 * @param series the history
 * @param changes its changes, oldest first
 */
public record SeriesReport(Series series, List<Change> changes) {

    /** Copies the changes. */
    public SeriesReport {
        changes = List.copyOf(changes);
    }

    /**
     * Looks for changes.
     *
     * @param least smallest relative change worth telling, such as 0.01
     */
    public static SeriesReport of(Series series, ChangePointDetector detector, double least) {
        return new SeriesReport(
                series,
                detector.detect(series.values()).stream()
                        .filter(point -> Math.abs(point.change()) >= least)
                        .map(point -> new Change(
                                series.runs().get(point.index()),
                                point,
                                Verdict.changed(effect(point), series.direction())))
                        .toList());
    }

    /** Whether the history is too short for any change to be shown. */
    public boolean isTooShort() {
        return series.runs().size() < ChangePointDetector.LEAST_RUNS;
    }

    private static Effect effect(ChangePoint point) {
        return new Effect(point.change(), point.lower(), point.upper(), point.p());
    }
}
