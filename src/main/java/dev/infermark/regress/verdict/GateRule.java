package dev.infermark.regress.verdict;

import dev.infermark.base.UserError;
import dev.infermark.regress.statistics.ErrorControl;

/**
 * The settings of the gate.
 *
 * @param threshold relative change that matters, such as 0.05
 * @param level chance of any alarm in a suite where nothing changed
 * @param control how the p-values of a suite are adjusted
 */
public record GateRule(double threshold, double level, ErrorControl control) {
    /** Changes from 5 % on; at most one false alarm in 250 unchanged suites; Benjamini-Hochberg. */
    public static final GateRule DEFAULT = new GateRule(0.05, 0.004, ErrorControl.BH);

    /** Refuses thresholds and levels that are no fraction. */
    public GateRule {
        if (!(threshold > 0 && threshold < 1)) {
            throw new UserError("a threshold of " + threshold + " is no share: give for example 0.05 for 5 %");
        }
        if (!(level > 0 && level < 0.5)) {
            throw new UserError("a level of " + level + " is no chance below 0.5: give for example 0.005");
        }
    }
}
