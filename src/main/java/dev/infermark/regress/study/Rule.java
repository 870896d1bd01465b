package dev.infermark.regress.study;

import dev.infermark.regress.select.Comparison;
import dev.infermark.regress.verdict.Gate;
import dev.infermark.regress.verdict.GateRule;
import dev.infermark.regress.verdict.Judgement;
import dev.infermark.regress.verdict.Verdict;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/** The ways to decide that are set beside each other: ours and those in common use. */
public enum Rule {
    /** This package's gate. */
    OURS("ours") {
        @Override
        List<Call> judge(List<Trial> suite) {
            List<Comparison> comparisons = suite.stream()
                    .map(t -> new Comparison(
                            t.benchmark(),
                            "",
                            t.direction(),
                            t.baseline().stream().map(ForkSummary::median).toList(),
                            t.candidate().stream().map(ForkSummary::median).toList()))
                    .toList();
            return Gate.judge(comparisons, GateRule.DEFAULT).stream()
                    .map(Judgement::verdict)
                    .map(verdict -> switch (verdict) {
                        case Verdict.Regressed _ -> Call.WORSE;
                        case Verdict.Improved _ -> Call.BETTER;
                        case Verdict.Unchanged _ -> Call.SAME;
                        case Verdict.Inconclusive _ -> Call.UNSURE;
                    })
                    .toList();
        }
    },
    /** An alarm where the mean over all iterations differs by more than 5 %. */
    MEAN_BEYOND_5_PERCENT("mean > 5 %") {
        @Override
        List<Call> judge(List<Trial> suite) {
            return each(suite, (a, b) -> Math.abs(b.mean() / a.mean() - 1) > 0.05);
        }
    },
    /** An alarm where JMH's 99.9 % intervals, which take every iteration for independent, do not overlap. */
    JMH_INTERVALS_APART("JMH intervals apart") {
        @Override
        List<Call> judge(List<Trial> suite) {
            return each(suite, (a, b) -> Math.abs(a.mean() - b.mean()) > a.error() + b.error());
        }
    },
    /** Never an alarm: what a rule must beat to be worth anything. */
    NEVER("never alarms") {
        @Override
        List<Call> judge(List<Trial> suite) {
            return each(suite, (_, _) -> false);
        }
    };

    /** What a rule says of one benchmark. */
    enum Call {
        WORSE,
        BETTER,
        SAME,
        UNSURE
    }

    private final String label;

    Rule(String label) {
        this.label = label;
    }

    /** The name for tables. */
    public String label() {
        return label;
    }

    abstract List<Call> judge(List<Trial> suite);

    /** All iterations of a side thrown together, as JMH does. */
    private record Pool(long iterations, double mean, double squares) {
        private static final double HALF_LEVEL = 0.0005;

        static Pool of(List<ForkSummary> forks) {
            long n = forks.stream().mapToLong(ForkSummary::iterations).sum();
            double mean = forks.stream().mapToDouble(f -> f.mean() * f.iterations()).sum() / n;
            double squares = forks.stream()
                    .mapToDouble(f -> f.squares() + f.iterations() * (f.mean() - mean) * (f.mean() - mean))
                    .sum();
            return new Pool(n, mean, squares);
        }

        /** Half the width of the mean's interval. */
        double error() {
            if (iterations < 2) {
                return Double.POSITIVE_INFINITY;
            }
            double quantile = TDistribution.of(iterations - 1.0).inverseSurvivalProbability(HALF_LEVEL);
            return quantile * Math.sqrt(squares / (iterations - 1) / iterations);
        }
    }

    private interface Differs {
        boolean test(Pool baseline, Pool candidate);
    }

    private static List<Call> each(List<Trial> suite, Differs rule) {
        return suite.stream()
                .map(t -> {
                    Pool a = Pool.of(t.baseline());
                    Pool b = Pool.of(t.candidate());
                    if (!rule.test(a, b)) {
                        return Call.SAME;
                    }
                    return t.direction().isWorse(b.mean() - a.mean()) ? Call.WORSE : Call.BETTER;
                })
                .toList();
    }
}
