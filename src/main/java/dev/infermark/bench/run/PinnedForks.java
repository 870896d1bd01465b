package dev.infermark.bench.run;

import dev.infermark.base.UserError;
import java.io.File;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/** Has JMH's forks measure on {@link PinnedThreads}, for cores that depend on the benchmark: only profilers can. */
public final class PinnedForks implements ExternalProfiler {
    private final int core;

    /** JMH makes it by the class's name; the option is the number of the first core. */
    public PinnedForks(String core) {
        this.core = Integer.parseInt(core);
    }

    /** Refuses a core that this process may not use, and a host that cannot pin. */
    static void requirePossible(int core) {
        if (core < 0 || !canPinTo(core)) {
            throw new UserError("cannot pin to core " + core + ": name a core of this machine (0 to "
                    + (Runtime.getRuntime().availableProcessors() - 1) + "); only Linux can pin");
        }
    }

    /** Tries with a thread of its own, which ends. */
    private static boolean canPinTo(int core) {
        return CompletableFuture.supplyAsync(
                        () -> PinnedThreads.confine(cores(core, 1)), task -> new Thread(task).start())
                .join();
    }

    /** The core itself for one thread, and those after it, from 0 again behind the last, for more. */
    static String cores(int first, int threads) {
        int all = Math.max(first + 1, Runtime.getRuntime().availableProcessors());
        return IntStream.range(first, first + threads)
                .mapToObj(core -> String.valueOf(core % all))
                .collect(Collectors.joining(","));
    }

    @Override
    public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return List.of();
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        return List.of(
                "-Djmh.executor=CUSTOM",
                "-Djmh.executor.class=" + PinnedThreads.class.getName(),
                "-D" + PinnedThreads.CORES + "=" + cores(core, RunMonitor.id(params).threads()));
    }

    @Override
    public void beforeTrial(BenchmarkParams params) {
        // The fork pins its threads itself.
    }

    @Override
    public Collection<? extends Result<?>> afterTrial(BenchmarkResult result, long pid, File out, File err) {
        return List.of();
    }

    @Override
    public boolean allowPrintOut() {
        return true;
    }

    @Override
    public boolean allowPrintErr() {
        return true;
    }

    @Override
    public String getDescription() {
        return "forks on chosen cores";
    }
}
