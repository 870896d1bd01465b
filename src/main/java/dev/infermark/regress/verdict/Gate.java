package dev.infermark.regress.verdict;

import dev.infermark.base.Median;
import dev.infermark.regress.select.Comparison;
import dev.infermark.regress.statistics.ForksNeeded;
import dev.infermark.regress.statistics.Modality;
import dev.infermark.regress.statistics.Robust;
import dev.infermark.regress.statistics.Shift;
import dev.infermark.regress.statistics.VariancePrior;
import dev.infermark.regress.verdict.Verdict.Doubt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a suite: a change is called where a moderated t-test on the logarithms of the forks, adjusted for the whole
 * suite, shows it, its size reaches the threshold, and the ranks of the forks agree; no change is called where the 95 %
 * interval lies within the threshold; all else is inconclusive.
 */
public final class Gate {
    private static final double RANK_LEVEL = 0.05;
    private static final double OUTLIER_LIMIT = 5;
    private static final int LEAST_FORKS = 2;
    private static final int USUAL_FORKS = 5;

    private Gate() {}

    /** Judges every benchmark of a suite, in the order given. */
    public static List<Judgement> judge(List<Comparison> suite, GateRule rule) {
        Map<Integer, VariancePrior> priors = priors(suite);
        List<Optional<Shift>> shifts =
                suite.stream().map(comparison -> shift(comparison, priors)).toList();
        double[] adjusted = rule.control()
                .adjust(shifts.stream()
                        .flatMap(Optional::stream)
                        .mapToDouble(Shift::p)
                        .toArray());
        List<Judgement> judgements = new ArrayList<>();
        int tested = 0;
        for (int i = 0; i < suite.size(); i++) {
            Comparison comparison = suite.get(i);
            Verdict verdict;
            if (shifts.get(i).isPresent()) {
                verdict = verdict(comparison, shifts.get(i).get(), adjusted[tested], adjusted.length, rule);
                tested++;
            } else {
                verdict = untestable(comparison);
            }
            judgements.add(new Judgement(
                    comparison,
                    level(comparison.baseline()),
                    level(comparison.candidate()),
                    verdict,
                    outliers(comparison)));
        }
        return List.copyOf(judgements);
    }

    /** What the suite tells of the variance of its benchmarks, by their forks per side. */
    private static Map<Integer, VariancePrior> priors(List<Comparison> suite) {
        Map<Integer, List<Comparison>> bySize = suite.stream()
                .filter(c -> c.baseline().size() == c.candidate().size() && isTestable(c))
                .collect(Collectors.groupingBy(c -> c.baseline().size()));
        // Three slow forks against three fast ones look quiet and apart: then each benchmark speaks for itself alone.
        bySize.values().removeIf(comparisons -> Modality.isIn(comparisons.stream()
                .flatMap(c -> Stream.of(array(c.baseline()), array(c.candidate())))
                .toList()));
        Map<Integer, VariancePrior> priors = new HashMap<>();
        bySize.forEach((forks, comparisons) -> VariancePrior.of(
                        comparisons.stream()
                                .mapToDouble(c -> Shift.rawVariance(array(c.baseline()), array(c.candidate())))
                                .toArray(),
                        2.0 * forks - 2)
                .ifPresent(prior -> priors.put(forks, prior)));
        return priors;
    }

    private static boolean isTestable(Comparison comparison) {
        return comparison.baseline().size() >= LEAST_FORKS
                && comparison.candidate().size() >= LEAST_FORKS
                && isPositive(array(comparison.baseline()))
                && isPositive(array(comparison.candidate()));
    }

    private static Optional<Shift> shift(Comparison comparison, Map<Integer, VariancePrior> priors) {
        return isTestable(comparison)
                ? Optional.of(Shift.between(
                        array(comparison.baseline()),
                        array(comparison.candidate()),
                        Optional.ofNullable(priors.get(comparison.baseline().size()))))
                : Optional.empty();
    }

    private static Verdict untestable(Comparison comparison) {
        int least = Math.min(comparison.baseline().size(), comparison.candidate().size());
        return least < LEAST_FORKS
                ? new Verdict.Inconclusive(
                        Doubt.UNTESTABLE,
                        "one fork shows no spread between runs",
                        OptionalInt.of(USUAL_FORKS), Optional.empty())
                : new Verdict.Inconclusive(
                        Doubt.UNTESTABLE,
                        "a fork measured 0, which has no relative change",
                        OptionalInt.empty(), Optional.empty());
    }

    private static Verdict verdict(Comparison comparison, Shift shift, double p, int tests, GateRule rule) {
        Effect effect = new Effect(shift.change(), shift.lower(), shift.upper(), p);
        boolean ranksAgree = shift.rankP() <= RANK_LEVEL || areApart(comparison);
        if (p <= rule.level() && effect.reaches(rule.threshold()) && ranksAgree) {
            return Verdict.changed(effect, comparison.direction());
        }
        if (effect.isWithin(rule.threshold())) {
            return new Verdict.Unchanged(effect);
        }
        int least = Math.min(comparison.baseline().size(), comparison.candidate().size());
        int forks = ForksNeeded.of(shift.spread(), rule.threshold(), rule.level() / tests, least + 1);
        return new Verdict.Inconclusive(
                effect.excludesNone() ? Doubt.LIKELY_CHANGED : Doubt.TOO_NOISY,
                effect.excludesNone()
                        ? "likely changed, but chance is not excluded"
                        : "too noisy to tell: the interval reaches past the threshold",
                OptionalInt.of(forks),
                Optional.of(effect));
    }

    /** With few forks no rank test can be significant; then the sides must not overlap at all. */
    private static boolean areApart(Comparison comparison) {
        double[] a = array(comparison.baseline());
        double[] b = array(comparison.candidate());
        Arrays.sort(a);
        Arrays.sort(b);
        return a[a.length - 1] < b[0] || b[b.length - 1] < a[0];
    }

    private static List<String> outliers(Comparison comparison) {
        List<String> flags = new ArrayList<>();
        flag("baseline", comparison.baseline(), flags);
        flag("candidate", comparison.candidate(), flags);
        return flags;
    }

    private static void flag(String side, List<Double> forks, List<String> flags) {
        double[] values = array(forks);
        if (values.length < 3 || !isPositive(values)) {
            return;
        }
        double median = Median.of(values);
        double[] relative = Arrays.stream(values).map(v -> v / median - 1).toArray();
        for (int i : Robust.outliers(relative, OUTLIER_LIMIT, Shift.LEAST_SPREAD)) {
            flags.add("%s fork %d: %+.1f %%".formatted(side, i + 1, 100 * relative[i]));
        }
    }

    private static double level(List<Double> forks) {
        double[] values = array(forks);
        return isPositive(values)
                ? Math.exp(Arrays.stream(values).map(Math::log).average().orElseThrow())
                : Arrays.stream(values).average().orElseThrow();
    }

    private static boolean isPositive(double[] values) {
        return Arrays.stream(values).allMatch(v -> v > 0);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
