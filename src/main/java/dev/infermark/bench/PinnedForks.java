package dev.infermark.bench;

import dev.infermark.base.UserError;
import java.io.File;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/** Starts JMH's forks on chosen cores, which JMH offers only profilers to do. */
public final class PinnedForks implements ExternalProfiler {
    private final int core;

    /** JMH makes it by the class's name; the option is the number of the first core. */
    public PinnedForks(String core) {
        this.core = Integer.parseInt(core);
    }

    /** Refuses a core that this process may not use, and a host that cannot pin. */
    static void requirePossible(int core) {
        if (core < 0 || Host.run("taskset", "-c", cores(core, 1), "true").isEmpty()) {
            throw new UserError("cannot pin to core " + core + ": name a core of this machine (0 to "
                    + (Runtime.getRuntime().availableProcessors() - 1) + "), and have taskset installed (Linux,"
                    + " util-linux)");
        }
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
        return List.of("taskset", "-c", cores(core, RunMonitor.id(params).threads()));
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        return List.of();
    }

    @Override
    public void beforeTrial(BenchmarkParams params) {
        // The fork is pinned when it starts.
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
