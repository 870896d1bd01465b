package dev.infermark.bench.run;

import dev.infermark.bench.result.BenchmarkId;
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
    /** Shows in less than a second per row that every benchmark works; too rough to publish. */
    SMOKE(1, 3, Duration.ofMillis(20), 2, Duration.ofMillis(20)),
    /** The rows of the report's first tables and plots, in some minutes. */
    QUICK(3, 5, Duration.ofMillis(200), 5, Duration.ofMillis(200)),
    /** Everything, for baselines and publication, at about 16 s per row. */
    FULL(5, 5, Duration.ofMillis(250), 5, Duration.ofMillis(220));

    private static final TimeValue ITERATION_TIMEOUT = TimeValue.minutes(1);

    private final int forks;
    private final int warmups;
    private final Duration warmup;
    private final int measurements;
    private final Duration measurement;

    BenchmarkProfile(int forks, int warmups, Duration warmup, int measurements, Duration measurement) {
        this.forks = forks;
        this.warmups = warmups;
        this.warmup = warmup;
        this.measurements = measurements;
        this.measurement = measurement;
    }

    /** The number of forks that each row is measured in, if the user names no other. */
    public int forks() {
        return forks;
    }

    /** The name as users write it, such as {@code quick}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the profile measures the row where the user names none. */
    boolean measures(BenchmarkId id) {
        return this != QUICK || QuickRows.contains(id);
    }

    /** What the profile measures where the user names no rows, in a few words. */
    String scope() {
        return switch (this) {
            case SMOKE -> "does every benchmark work?";
            case QUICK -> "every engine and data type, shapes of BERT-large and ResNet-50";
            case FULL -> "everything";
        };
    }

    String warmup() {
        return describe(warmups, warmup);
    }

    String measurement() {
        return describe(measurements, measurement);
    }

    /** The time one fork takes at least: its iterations, without the start of its JVM. */
    Duration timePerFork() {
        return warmup.multipliedBy(warmups).plus(measurement.multipliedBy(measurements));
    }

    void applyTo(ChainedOptionsBuilder options) {
        options.warmupIterations(warmups)
                .warmupTime(time(warmup))
                .measurementIterations(measurements)
                .measurementTime(time(measurement))
                .timeout(ITERATION_TIMEOUT);
    }

    private static TimeValue time(Duration iteration) {
        return new TimeValue(iteration.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String describe(int iterations, Duration iteration) {
        return iterations + " x " + iteration.toMillis() + " ms";
    }
}
