package dev.infermark.regress.detect;

import java.util.List;

/**
 * What a series shows.
 *
 * @param changes lasting changes of level, oldest first
 * @param episodes what came and went, oldest first
 * @param coefficient estimate of the noise's lag-one autocorrelation
 */
public record Findings(List<ChangePoint> changes, List<Episode> episodes, double coefficient) {
    /** Copies both lists. */
    public Findings {
        changes = List.copyOf(changes);
        episodes = List.copyOf(episodes);
    }
}
