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
 * @param toldAt the newest run when it was first told, empty before it is
 */
public record Change(Series.Run run, ChangePoint point, Verdict verdict, String toldAt) {

    Change toldAt(String newest) {
        return new Change(run, point, verdict, newest);
    }
}
