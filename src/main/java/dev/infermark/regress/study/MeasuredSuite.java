package dev.infermark.regress.study;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/** Suites drawn from measured forks of one build: each benchmark's forks are dealt to both sides at random. */
final class MeasuredSuite implements SuiteSource {
    private static final int LARGEST = 100;

    private final List<Subject> subjects;
    private final int forks;

    /** A benchmark with all forks that were measured of it. */
    private record Subject(String name, Direction direction, boolean quiet, List<ForkSummary> forks) {}

    /** Takes the results that have enough forks for two sides and no fork of value 0. */
    MeasuredSuite(List<BenchmarkResult> results, int forks) {
        this.forks = forks;
        this.subjects = results.stream()
                .map(r -> new Subject(
                        r.key().label(),
                        r.direction(),
                        spread(r) < Trial.QUIET,
                        r.forks().stream().map(ForkSummary::of).toList()))
                .filter(s -> s.forks().size() >= 2 * forks && s.forks().stream().allMatch(f -> f.median() > 0))
                .toList();
        if (subjects.isEmpty()) {
            throw new UserError("no benchmark has the " + 2 * forks + " forks that two sides of " + forks
                    + " need: measure more forks, or lower --forks");
        }
    }

    int size() {
        return subjects.size();
    }

    @Override
    public List<Trial> draw(RandomGenerator random) {
        List<Subject> chosen = new ArrayList<>(subjects);
        Collections.shuffle(chosen, Random.from(random));
        return chosen.stream()
                .limit(LARGEST)
                .map(subject -> {
                    List<ForkSummary> dealt = new ArrayList<>(subject.forks());
                    Collections.shuffle(dealt, Random.from(random));
                    return new Trial(
                            subject.name(),
                            subject.direction(),
                            subject.quiet(),
                            dealt.subList(0, forks),
                            dealt.subList(forks, 2 * forks));
                })
                .toList();
    }

    /** Run-to-run spread: the standard deviation of the fork medians' logarithms. */
    static double spread(BenchmarkResult result) {
        double[] logarithms = result.forks().stream()
                .mapToDouble(fork -> Math.log(ForkSummary.of(fork).median()))
                .toArray();
        return StandardDeviation.of(logarithms).getAsDouble();
    }
}
