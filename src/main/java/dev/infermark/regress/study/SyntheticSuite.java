package dev.infermark.regress.study;

import dev.infermark.jmh.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Suites of a hundred benchmarks, their run-to-run spread log-uniform from 0.2 % to 5 %; ten iterations in each fork
 * scatter around the fork's own level with half of that spread.
 *
 * @param noise run-to-run noise
 * @param forks forks per side
 */
record SyntheticSuite(Noise noise, int forks) implements SuiteSource {
    static final double LEAST_SPREAD = 0.002;
    static final double LARGEST_SPREAD = 0.05;

    private static final int BENCHMARKS = 100;
    private static final int ITERATIONS = 10;

    @Override
    public List<Trial> draw(RandomGenerator random) {
        return IntStream.range(0, BENCHMARKS)
                .mapToObj(i -> {
                    double spread = spread(random);
                    return new Trial(
                            "b" + i,
                            i % 2 == 0 ? Direction.LOWER : Direction.HIGHER,
                            spread < Trial.QUIET,
                            side(spread, random),
                            side(spread, random));
                })
                .toList();
    }

    /** A spread from the whole range. */
    static double spread(RandomGenerator random) {
        return LEAST_SPREAD * Math.pow(LARGEST_SPREAD / LEAST_SPREAD, random.nextDouble());
    }

    private List<ForkSummary> side(double spread, RandomGenerator random) {
        return Arrays.stream(noise.draw(forks, spread, random))
                .mapToObj(level -> ForkSummary.of(IntStream.range(0, ITERATIONS)
                        .mapToDouble(_ -> level * Math.exp(spread / 2 * random.nextGaussian()))
                        .toArray()))
                .toList();
    }
}
