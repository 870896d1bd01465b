package dev.infermark.regress.history;

import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Verdict;

/**
 * A change in a benchmark's history.
 *
 * @param run the first run of the new level, with its commit
 * @param point place, levels, size and p-value
 * @param verdict regressed or improved
 */
public record Change(Series.Run run, ChangePoint point, Verdict verdict) {}
