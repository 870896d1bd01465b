package dev.infermark.regress.study;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BenchmarkResult;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Draws flat histories: factors around one level. */
interface SeriesSource {
    /** Which histories a study asks for. */
    enum Spread {
        /** Run-to-run spread of 1 %, or, of measured benchmarks, those below 2 %. */
        QUIET,
        /** The whole range. */
        ANY
    }

    /** A flat history, or nothing where the source has none of that spread. */
    Optional<double[]> draw(int runs, Spread spread, RandomGenerator random);

    /** Histories of one kind of noise; any spread is log-uniform from 0.2 % to 5 %. */
    static SeriesSource synthetic(Noise noise) {
        return (runs, spread, random) -> Optional.of(noise.draw(
                runs,
                switch (spread) {
                    case QUIET -> 0.01;
                    case ANY -> SyntheticSuite.spread(random);
                },
                random));
    }

    /** Histories that take, for every run, one of a benchmark's measured forks at random. */
    static SeriesSource measured(List<BenchmarkResult> results) {
        List<BenchmarkResult> usable = results.stream()
                .filter(r -> r.forks().size() > 2 && MeasuredSuite.spread(r) < Double.POSITIVE_INFINITY)
                .toList();
        if (usable.isEmpty()) {
            throw new UserError("no benchmark has three forks to draw histories from: measure more forks");
        }
        List<double[]> all = usable.stream().map(SeriesSource::medians).toList();
        List<double[]> quiet = usable.stream()
                .filter(r -> MeasuredSuite.spread(r) < Trial.QUIET)
                .map(SeriesSource::medians)
                .toList();
        return (runs, spread, random) -> {
            List<double[]> pool = spread == Spread.QUIET ? quiet : all;
            if (pool.isEmpty()) {
                return Optional.empty();
            }
            double[] forks = pool.get(random.nextInt(pool.size()));
            return Optional.of(random.ints(runs, 0, forks.length).mapToDouble(i -> forks[i]).toArray());
        };
    }

    private static double[] medians(BenchmarkResult result) {
        return result.forks().stream().mapToDouble(f -> ForkSummary.of(f).median()).toArray();
    }
}
