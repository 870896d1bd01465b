package dev.infermark.regress.history;

import dev.infermark.regress.detect.Episode;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Verdict;

/**
 * A few runs of a benchmark that left its level and came back.
 *
 * @param first the first of these runs
 * @param last the last of them
 * @param episode levels, size and p-value
 * @param verdict regressed or improved, while it lasted
 */
public record PastEpisode(Series.Run first, Series.Run last, Episode episode, Verdict verdict) {}
