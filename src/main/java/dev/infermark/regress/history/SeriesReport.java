package dev.infermark.regress.history;

import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.detect.Episode;
import dev.infermark.regress.detect.Findings;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Effect;
import dev.infermark.regress.verdict.Verdict;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a benchmark's history shows.
 *
 * @param series the history
 * @param changes its lasting changes, oldest first
 * @param episodes what came and went, oldest first
 * @param withdrawn what was told once and no longer holds, in the order in which it was withdrawn
 */
public record SeriesReport(
        Series series, List<Change> changes, List<PastEpisode> episodes, List<ToldLog.Withdrawn> withdrawn) {

    /** Copies the lists. */
    public SeriesReport {
        changes = List.copyOf(changes);
        episodes = List.copyOf(episodes);
        withdrawn = List.copyOf(withdrawn);
    }

    /** Looks for changes, of whatever size. */
    public static SeriesReport of(Series series, ChangePointDetector detector) {
        return of(series, detector.find(series.values()));
    }

    /** Names the runs of what was found. */
    public static SeriesReport of(Series series, Findings findings) {
        return new SeriesReport(
                series,
                findings.changes().stream()
                        .map(point -> new Change(
                                series.runs().get(point.index()),
                                point,
                                Verdict.changed(effect(point), series.direction()),
                                ""))
                        .toList(),
                findings.episodes().stream()
                        .map(episode -> new PastEpisode(
                                series.runs().get(episode.from()),
                                series.runs().get(episode.to() - 1),
                                episode,
                                Verdict.changed(effect(episode), series.direction())))
                        .toList(),
                List.of());
    }

    /** The report with only some of its findings. */
    public SeriesReport keep(Predicate<Change> changesKept, Predicate<PastEpisode> episodesKept) {
        return new SeriesReport(
                series,
                changes.stream().filter(changesKept).toList(),
                episodes.stream().filter(episodesKept).toList(),
                withdrawn);
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
