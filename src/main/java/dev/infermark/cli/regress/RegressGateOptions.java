package dev.infermark.cli.regress;

import dev.infermark.base.UserError;
import dev.infermark.regress.select.Comparability;
import dev.infermark.regress.select.Comparison;
import dev.infermark.regress.select.ForkStatistic;
import dev.infermark.regress.select.Side;
import dev.infermark.regress.statistics.ErrorControl;
import dev.infermark.regress.verdict.CommonShift;
import dev.infermark.regress.verdict.Gate;
import dev.infermark.regress.verdict.GateRule;
import dev.infermark.regress.verdict.Judgement;
import dev.infermark.regress.verdict.Verdict;
import dev.infermark.report.regression.GateTables;
import dev.infermark.report.regression.JUnitXml;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How two sides are compared and shown; the same for stored results and for the A/B runner. */
final class RegressGateOptions {
    @Option(
            names = "--allow",
            paramLabel = "NAME",
            split = ",",
            description = "Compare although this differs: benchmarks, parameters, jdk, vm, jvm-args, jmh, blackhole,"
                    + " threads, settings, cpu, unit.")
    private Set<String> allowed = Set.of();

    @Option(
            names = "--statistic",
            defaultValue = "median",
            paramLabel = "STATISTIC",
            description = "What stands for a fork: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ForkStatistic statistic = ForkStatistic.MEDIAN;

    @Option(
            names = "--threshold",
            defaultValue = "5",
            paramLabel = "PERCENT",
            description = "Smallest change that matters (default: ${DEFAULT-VALUE}).")
    private double threshold;

    @Option(
            names = "--level",
            defaultValue = "0.004",
            paramLabel = "P",
            description = "Chance of any false alarm in an unchanged suite (default: ${DEFAULT-VALUE}).")
    private double level;

    @Option(
            names = "--control",
            defaultValue = "bh",
            paramLabel = "METHOD",
            description = "How the suite is controlled: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ErrorControl control = ErrorControl.BH;

    @Mixin
    private RegressOutput output = new RegressOutput();

    /** Compares, writes all that was asked for and on {@code err} what is not compared, and says how it ended. */
    RegressStatus compare(Side baseline, Side candidate, PrintWriter out, PrintWriter err) {
        GateRule rule = rule();
        List<Comparison> suite = Comparability.pair(baseline, candidate, allowed).stream()
                .map(pair -> Comparison.of(pair, statistic))
                .toList();
        List<Judgement> judgements = Gate.judge(suite, rule);
        String common = CommonShift.of(judgements).map(shift -> "; " + shift.sentence()).orElse("");
        List<String> unpaired = Comparability.notCompared(baseline, candidate);
        List<String> unrecorded = Comparability.unrecorded(baseline, candidate);
        String unknown = unrecorded.isEmpty()
                ? ""
                : "; nobody recorded, so nobody knows whether they differ: " + String.join(", ", unrecorded);
        String missing = unpaired.isEmpty() ? "" : "; not compared: " + Comparability.some(unpaired);
        output.write(
                out,
                "Benchmarks: " + GateTables.summary(judgements),
                GateTables.summary(judgements)
                        + "; changes from " + threshold + " % on count" + missing + unknown + common,
                GateTables.forPeople(judgements),
                GateTables.forPrograms(judgements),
                () -> JUnitXml.gate(judgements));
        unpaired.forEach(benchmark -> err.println("not compared: " + benchmark));
        if (judgements.stream().anyMatch(j -> j.verdict() instanceof Verdict.Regressed)) {
            return RegressStatus.REGRESSION;
        }
        return judgements.stream().anyMatch(j -> j.verdict() instanceof Verdict.Inconclusive)
                ? RegressStatus.CANNOT_TELL
                : RegressStatus.FINE;
    }

    /** The gate's settings; refuses a threshold in the unit in which it is given. */
    GateRule rule() {
        if (!(threshold > 0 && threshold < 100)) {
            throw new UserError(
                    "--threshold " + threshold + ": give percent above 0 and below 100, for example 5 for 5 %");
        }
        return new GateRule(threshold / 100, level, control);
    }
}
