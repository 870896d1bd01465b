package dev.infermark.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long and how often each benchmark runs; the one place for these settings, so the benchmarks carry none.
 *
 * <p>A row costs forks × (iterations × time of one + about half a second to start the JVM).
 */
public enum BenchmarkProfile {
    /** Shows in less than two seconds per row that every benchmark works; too rough to publish. */
    SMOKE(1, 3, 2, Duration.ofMillis(100)),
    /** Enough to compare implementations, at about 10 s per row. */
    QUICK(3, 5, 5, Duration.ofMillis(250)),
    /** For baselines and publication, at about 80 s per row. */
    FULL(10, 5, 10, Duration.ofMillis(500));

    private static final TimeValue ITERATION_TIMEOUT = TimeValue.minutes(1);

    private final int forks;
    private final int warmups;
    private final int measurements;
    private final Duration iteration;

    BenchmarkProfile(int forks, int warmups, int measurements, Duration iteration) {
        this.forks = forks;
        this.warmups = warmups;
        this.measurements = measurements;
        this.iteration = iteration;
    }

    /** The number of fresh JVMs that each row is measured in. */
    public int forks() {
        return forks;
    }

    /** The name as users write it, such as {@code quick}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String warmup() {
        return describe(warmups);
    }

    String measurement() {
        return describe(measurements);
    }

    /** The time one row takes at least: its iterations, without the start of its JVMs. */
    Duration timePerRow() {
        return iteration.multipliedBy((long) forks * (warmups + measurements));
    }

    void applyTo(ChainedOptionsBuilder options) {
        TimeValue time = new TimeValue(iteration.toMillis(), TimeUnit.MILLISECONDS);
        options.forks(forks)
                .warmupIterations(warmups)
                .warmupTime(time)
                .measurementIterations(measurements)
                .measurementTime(time)
                .timeout(ITERATION_TIMEOUT);
    }

    private String describe(int iterations) {
        return iterations + " x " + iteration.toMillis() + " ms";
    }
}
