package dev.infermark.bench.run;

import dev.infermark.bench.result.BenchmarkId;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Follows a run: passes JMH's output on to its log, tells the user in one line per fork how far the run is, and notes
 * which rows failed, for JMH drops these from its results without a word.
 */
final class RunMonitor implements OutputFormat {
    private static final String THREW = "<failure>";
    private static final String FORK_DIED = "<forked VM failed";

    private final OutputFormat log;
    private final PrintWriter progress;
    private final int forks;
    private final Duration estimatePerFork;
    private final long start = System.nanoTime();
    private final Map<BenchmarkId, String> failures = new HashMap<>();
    private Optional<BenchmarkId> current = Optional.empty();
    private int started;
    private boolean awaitsReason;

    /** A monitor of a run of so many forks in all. */
    RunMonitor(OutputFormat log, PrintWriter progress, int forks, Duration estimatePerFork) {
        this.log = log;
        this.progress = progress;
        this.forks = forks;
        this.estimatePerFork = estimatePerFork;
    }

    /** The rows that threw or whose JVM died, each with the first line of the reason. */
    synchronized Map<BenchmarkId, String> failures() {
        return Map.copyOf(failures);
    }

    @Override
    public synchronized void startBenchmark(BenchmarkParams params) {
        BenchmarkId id = id(params);
        current = Optional.of(id);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Duration perFork = started == 0 ? estimatePerFork : elapsed.dividedBy(started);
        started++;
        progress.printf(
                "[%d/%d] %s (%s elapsed, about %s left)%n",
                started, forks, id.label(), minutes(elapsed), minutes(perFork.multipliedBy(forks - started + 1L)));
        progress.flush();
        log.startBenchmark(params);
    }

    @Override
    public synchronized void println(String text) {
        if (text.equals(THREW)) {
            awaitsReason = true;
        } else if (text.startsWith(FORK_DIED)) {
            fail(text.replaceAll("[<>]", ""));
        } else if (awaitsReason && !text.isBlank()) {
            awaitsReason = false;
            fail(text.lines().findFirst().orElse(text));
        }
        log.println(text);
    }

    private void fail(String reason) {
        current.ifPresent(id -> failures.putIfAbsent(id, reason));
        progress.println("      failed: " + reason);
        progress.flush();
    }

    static BenchmarkId id(BenchmarkParams params) {
        Map<String, String> parameters =
                params.getParamsKeys().stream().collect(Collectors.toMap(Function.identity(), params::getParam));
        return BenchmarkId.of(params.getBenchmark(), params.getMode().shortLabel(), parameters);
    }

    /** Minutes and seconds, such as {@code 6:30}. */
    static String minutes(Duration time) {
        return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {
        log.iteration(benchmark, params, iteration);
    }

    @Override
    public void iterationResult(BenchmarkParams benchmark, IterationParams params, int number, IterationResult data) {
        log.iterationResult(benchmark, params, number, data);
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        log.endBenchmark(result);
    }

    @Override
    public void startRun() {
        log.startRun();
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        log.endRun(results);
    }

    @Override
    public void print(String text) {
        log.print(text);
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public void close() {
        log.close();
    }

    @Override
    public void verbosePrintln(String text) {
        log.verbosePrintln(text);
    }

    @Override
    public void write(int b) {
        log.write(b);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        log.write(bytes);
    }
}
