package dev.infermark.regress.verdict;

import dev.infermark.regress.select.Comparison;
import java.util.List;

/**
 * One benchmark of a suite with its verdict.
 *
 * @param comparison what was compared
 * @param baseline geometric mean of the baseline's forks
 * @param candidate geometric mean of the candidate's forks
 * @param verdict what the data say
 * @param outliers forks far from the others of their side, flagged and used like all others
 */
public record Judgement(
        Comparison comparison, double baseline, double candidate, Verdict verdict, List<String> outliers) {
    /** Copies the flags. */
    public Judgement {
        outliers = List.copyOf(outliers);
    }
}
