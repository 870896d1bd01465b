package dev.infermark.regress.detect;

import java.util.List;

/**
 * What a series shows.
 *
 * @param changes lasting changes of level, oldest first
 * @param episodes what came and went, oldest first
 */
public record Findings(List<ChangePoint> changes, List<Episode> episodes) {
    /** Copies both lists. */
    public Findings {
        changes = List.copyOf(changes);
        episodes = List.copyOf(episodes);
    }
}
