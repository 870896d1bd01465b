package dev.infermark.regress.history;

import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.detect.Episode;
import dev.infermark.regress.detect.Findings;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Effect;
import dev.infermark.regress.verdict.Verdict;
import java.util.List;

/**
 * What a benchmark's history shows.
 *
 * @param series the history
 * @param changes its lasting changes, oldest first
 * @param episodes what came and went, oldest first
 */
public record SeriesReport(Series series, List<Change> changes, List<PastEpisode> episodes) {

    /** Copies both lists. */
    public SeriesReport {
        changes = List.copyOf(changes);
        episodes = List.copyOf(episodes);
    }

    /**
     * Looks for changes.
     *
     * @param least smallest relative change worth telling, such as 0.01
     */
    public static SeriesReport of(Series series, ChangePointDetector detector, double least) {
        Findings findings = detector.find(series.values());
        return new SeriesReport(
                series,
                findings.changes().stream()
                        .filter(point -> Math.abs(point.change()) >= least)
                        .map(point -> new Change(
                                series.runs().get(point.index()),
                                point,
                                Verdict.changed(effect(point), series.direction())))
                        .toList(),
                findings.episodes().stream()
                        .filter(episode -> Math.abs(episode.change()) >= least)
                        .map(episode -> new PastEpisode(
                                series.runs().get(episode.from()),
                                series.runs().get(episode.to() - 1),
                                episode,
                                Verdict.changed(effect(episode), series.direction())))
                        .toList());
    }

    /** Whether the history is too short for any change to be shown. */
    public boolean isTooShort() {
        return series.runs().size() < ChangePointDetector.LEAST_RUNS;
    }

    private static Effect effect(Episode episode) {
        return new Effect(episode.change(), Double.NaN, Double.NaN, episode.p());
    }

    private static Effect effect(ChangePoint point) {
        return new Effect(point.change(), point.lower(), point.upper(), point.p());
    }
}
