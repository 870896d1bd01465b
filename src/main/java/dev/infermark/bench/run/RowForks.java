package dev.infermark.bench.run;

import dev.infermark.bench.result.BenchmarkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.WorkloadParams;

/** What JMH measured fork by fork, gathered into rows as if it had run all forks of a row itself. */
final class RowForks {
    private final int asked;
    private final Map<BenchmarkId, List<RunResult>> forks = new LinkedHashMap<>();

    /** Rows of so many forks each, once all are measured. */
    RowForks(int asked) {
        this.asked = asked;
    }

    /** Adds what JMH measured in one fork. */
    void add(RunResult fork) {
        forks.computeIfAbsent(RunMonitor.id(fork.getParams()), _ -> new ArrayList<>()).add(fork);
    }

    /** The rows planned that lack a fork of one of the rounds done. */
    List<BenchmarkId> missing(Collection<BenchmarkId> planned, int rounds) {
        return planned.stream()
                .filter(id -> forks.getOrDefault(id, List.of()).size() < rounds)
                .toList();
    }

    /** The rows with at least one fork; their parameters tell how many were asked for, as JMH's own do. */
    List<RunResult> rows() {
        return forks.values().stream().map(this::row).toList();
    }

    private RunResult row(List<RunResult> measured) {
        List<BenchmarkResult> results = measured.stream()
                .flatMap(fork -> fork.getBenchmarkResults().stream())
                .toList();
        return new RunResult(withAllForks(measured.getFirst().getParams()), results);
    }

    private BenchmarkParams withAllForks(BenchmarkParams params) {
        WorkloadParams workload = new WorkloadParams();
        params.getParamsKeys().forEach(name -> workload.put(name, params.getParam(name), 0));
        return new BenchmarkParams(
                params.getBenchmark(),
                params.generatedBenchmark(),
                params.shouldSynchIterations(),
                params.getThreads(),
                params.getThreadGroups(),
                params.getThreadGroupLabels(),
                asked,
                params.getWarmupForks(),
                params.getWarmup(),
                params.getMeasurement(),
                params.getMode(),
                workload,
                params.getTimeUnit(),
                params.getOpsPerInvocation(),
                params.getJvm(),
                params.getJvmArgs(),
                params.getJdkVersion(),
                params.getVmName(),
                params.getVmVersion(),
                params.getJmhVersion(),
                params.getTimeout());
    }
}
