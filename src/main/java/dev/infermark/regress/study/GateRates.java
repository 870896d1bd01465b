package dev.infermark.regress.study;

/**
 * How often a rule erred.
 *
 * @param rule the rule
 * @param falseAlarms share of unchanged benchmarks with an alarm, in suites where nothing changed
 * @param falseSuites share of those suites with any alarm
 * @param found share of worsened benchmarks that were called worse, where half of the suite was worsened
 * @param foundQuiet the same for benchmarks with a run-to-run spread below 2 %
 * @param foundAlone the same where only one quiet benchmark of the suite was worsened
 * @param shownGreen share of worsened benchmarks that were called unchanged
 * @param f1 harmonic mean of precision and recall, where half of the suite was worsened
 */
public record GateRates(
        Rule rule,
        double falseAlarms,
        double falseSuites,
        double found,
        double foundQuiet,
        double foundAlone,
        double shownGreen,
        double f1) {}
