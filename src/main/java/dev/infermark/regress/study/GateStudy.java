package dev.infermark.regress.study;

import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.regress.study.Rule.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Counts how often each rule errs on suites in which nothing, half, or a single benchmark is worsened. */
public final class GateStudy {
    private final SuiteSource source;
    private final int suites;
    private final double change;
    private final long seed;

    private GateStudy(SuiteSource source, int suites, double change, long seed) {
        this.source = source;
        this.suites = suites;
        this.change = change;
        this.seed = seed;
    }

    /** A study of generated suites of a hundred benchmarks. */
    public static GateStudy synthetic(Noise noise, int forks, int suites, double change, long seed) {
        return new GateStudy(new SyntheticSuite(noise, forks), suites, change, seed);
    }

    /** A study that deals measured forks of one build to two sides. */
    public static GateStudy measured(
            List<BenchmarkResult> results, int forks, int suites, double change, long seed) {
        return new GateStudy(new MeasuredSuite(results, forks), suites, change, seed);
    }

    /** The rates of every rule, all on the same suites. */
    public List<GateRates> run() {
        RandomGenerator random = new SplittableRandom(seed);
        List<Tally> tallies = Arrays.stream(Rule.values()).map(Tally::new).toList();
        for (int i = 0; i < suites; i++) {
            List<Trial> same = source.draw(random);
            Injected half = inject(source.draw(random), random, Share.HALF);
            Injected one = inject(source.draw(random), random, Share.ONE_QUIET);
            tallies.forEach(tally -> tally.count(same, half, one));
        }
        return tallies.stream().map(Tally::rates).toList();
    }

    private enum Share {
        HALF,
        ONE_QUIET
    }

    /** A suite and which of its benchmarks were worsened. */
    private record Injected(List<Trial> suite, List<Boolean> worsened) {}

    private Injected inject(List<Trial> suite, RandomGenerator random, Share share) {
        int first = random.nextInt(suite.size());
        int alone = IntStream.range(0, suite.size())
                .map(i -> (first + i) % suite.size())
                .filter(i -> suite.get(i).quiet())
                .findFirst()
                .orElse(-1);
        List<Trial> changed = new ArrayList<>();
        List<Boolean> worsened = new ArrayList<>();
        for (int i = 0; i < suite.size(); i++) {
            boolean hit = switch (share) {
                case HALF -> random.nextBoolean();
                case ONE_QUIET -> i == alone;
            };
            worsened.add(hit);
            changed.add(hit ? suite.get(i).worsened(change) : suite.get(i));
        }
        return new Injected(changed, worsened);
    }

    /** Running counts of one rule. */
    private static final class Tally {
        private final Rule rule;
        private final Ratio falseAlarms = new Ratio();
        private final Ratio falseSuites = new Ratio();
        private final Ratio found = new Ratio();
        private final Ratio foundQuiet = new Ratio();
        private final Ratio foundAlone = new Ratio();
        private final Ratio shownGreen = new Ratio();
        private final Ratio precision = new Ratio();

        Tally(Rule rule) {
            this.rule = rule;
        }

        void count(List<Trial> same, Injected half, Injected one) {
            List<Call> unchanged = rule.judge(same);
            unchanged.forEach(call -> falseAlarms.add(isAlarm(call)));
            falseSuites.add(unchanged.stream().anyMatch(Tally::isAlarm));
            List<Call> calls = rule.judge(half.suite());
            for (int i = 0; i < calls.size(); i++) {
                Call call = calls.get(i);
                boolean worsened = half.worsened().get(i);
                if (worsened) {
                    found.add(call == Call.WORSE);
                    shownGreen.add(call == Call.SAME);
                    if (half.suite().get(i).quiet()) {
                        foundQuiet.add(call == Call.WORSE);
                    }
                }
                if (isAlarm(call)) {
                    precision.add(worsened && call == Call.WORSE);
                }
            }
            int alone = one.worsened().indexOf(true);
            if (alone >= 0) {
                foundAlone.add(rule.judge(one.suite()).get(alone) == Call.WORSE);
            }
        }

        private static boolean isAlarm(Call call) {
            return call == Call.WORSE || call == Call.BETTER;
        }

        GateRates rates() {
            double recall = found.value();
            double f1 = recall == 0 ? 0 : 2 * recall * precision.value() / (recall + precision.value());
            return new GateRates(
                    rule,
                    falseAlarms.value(),
                    falseSuites.value(),
                    recall,
                    foundQuiet.value(),
                    foundAlone.value(),
                    shownGreen.value(),
                    f1);
        }
    }
}
