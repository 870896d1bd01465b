package dev.infermark.bench.run;

import dev.infermark.base.Counted;
import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.KernelCsv;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.kernel.gpsimd.CustomOperators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.CompilerProfiler;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks under JMH and leaves the results in a folder.
 *
 * <p>In rounds, of one fork of every row: a host is slower for minutes at a time, and rows that are compared would
 * differ by that if all forks of one came before all of the other.
 */
public final class BenchmarkRunner {
    /** The JVM's start, JMH's own and the preparation of operands. */
    private static final Duration FORK_START = Duration.ofMillis(800);

    private final CustomOperators operators;
    private final BenchmarkProfile profile;
    private final int forks;
    private final OptionalInt core;
    private final RunFolder folder;
    private final PrintWriter progress;

    /**
     * A runner that writes into the folder, and tells on {@code progress} how far it is.
     *
     * @param operators the custom operators that are measured
     * @param forks the number of forks that each row is measured in, from 1
     * @param core the core to measure on, for operations on two threads with the next; empty for all cores
     */
    public BenchmarkRunner(
            CustomOperators operators,
            BenchmarkProfile profile,
            int forks,
            OptionalInt core,
            RunFolder folder,
            PrintWriter progress) {
        if (forks < 1) {
            throw new UserError("cannot measure in " + forks + " forks: name 1 or more");
        }
        this.operators = operators;
        this.profile = profile;
        this.forks = forks;
        this.core = core;
        this.folder = folder;
        this.progress = progress;
    }

    /** Runs the benchmarks that the profile chooses, as {@link #run(String)} does. */
    public BenchmarkResults run() {
        return run(profile.scope(), BenchmarkPlan.of(BenchmarkPlan.ALL, operators).chosenBy(profile));
    }

    /**
     * Runs the benchmarks whose name the regular expression is found in, whatever the profile would choose.
     *
     * <p>JMH's JSON of the rounds done and its log are always left in the folder; {@code kernels.csv} and {@code
     * provenance.csv} only when every row planned was measured. Otherwise the run fails after the round that lost rows,
     * and names these.
     */
    public BenchmarkResults run(String regex) {
        return run("those that match " + regex, BenchmarkPlan.of(regex, operators));
    }

    private BenchmarkResults run(String scope, BenchmarkPlan plan) {
        List<BenchmarkId> planned = plan.ids();
        core.ifPresent(PinnedForks::requirePossible);
        folder.clear();
        Duration perFork = profile.timePerFork().plus(FORK_START);
        progress.printf(
                "Measuring %s in profile %s (%s): forks %d, one a round, warm-up %s, measurement %s; this takes"
                        + " about %s%n",
                Counted.of(planned.size(), "row"),
                profile.label(),
                scope,
                forks,
                profile.warmup(),
                profile.measurement(),
                RunMonitor.minutes(perFork.multipliedBy((long) planned.size() * forks)));
        plan.absences().forEach(absence -> progress.println("Left out: " + absence));
        progress.flush();
        Instant start = Instant.now();
        RunMonitor monitor = new RunMonitor(log(), progress, planned.size() * forks, perFork);
        RowForks measured = new RowForks(forks);
        for (int round = 1; round <= forks; round++) {
            execute(plan, monitor, measured);
            refuseLosses(measured.missing(planned, round), monitor.failures());
        }
        BenchmarkResults results = BenchmarkResults.read(folder.jmhJson());
        KernelCsv.write(folder.kernels(), results);
        if (profile != BenchmarkProfile.SMOKE) {
            tell(
                    "Kernels of ours that allocate: ",
                    results.allocating(),
                    row -> "%.0f B".formatted(row.allocatedBytes().orElse(0)));
        }
        tell("Rows that are not steady: ", results.unsteady(), row -> row.steadiness().label());
        tell(
                "Limits at fault, for rows are faster by more than their error: ",
                HostLimits.of(results).exceeded(results),
                row -> "%.4g us".formatted(row.micros()));
        BenchmarkParams params = measured.rows().getFirst().getParams();
        ProvenanceCollector.collect(profile, core, start, params, SafeFiles.read(folder.jmhLog()))
                .write(folder.provenance());
        return results;
    }

    /** One round, fork by fork, since JMH itself would run all of one benchmark before the first of the next. */
    private void execute(BenchmarkPlan plan, OutputFormat monitor, RowForks measured) {
        try {
            for (PlannedRow row : plan.rows()) {
                execute(row, monitor).forEach(measured::add);
            }
        } finally {
            SafeFiles.write(folder.jmhJson(), json(measured.rows()));
        }
    }

    private Collection<RunResult> execute(PlannedRow row, OutputFormat monitor) {
        try {
            return new Runner(options(row), monitor).run();
        } catch (RunnerException e) {
            throw new UserError(
                    "JMH could not run " + row.id().label() + " (" + e.getMessage() + "): run again while no other"
                            + " JMH runs; " + folder.jmhJson() + " holds the forks done",
                    e);
        }
    }

    private Options options(PlannedRow row) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .jvmArgs(ForkJvm.FLAGS.toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(CompilerProfiler.class)
                .shouldFailOnError(false)
                .forks(1);
        core.ifPresent(first -> options.addProfiler(PinnedForks.class, String.valueOf(first)));
        row.applyTo(options);
        profile.applyTo(options);
        return options.build();
    }

    private void tell(String what, List<MeasuredRow> rows, Function<MeasuredRow, String> detail) {
        if (!rows.isEmpty()) {
            progress.println(what
                    + rows.stream()
                            .map(row -> row.id().label() + " (" + detail.apply(row) + ")")
                            .collect(Collectors.joining(", ")));
            progress.flush();
        }
    }

    private OutputFormat log() {
        try {
            PrintStream stream =
                    new PrintStream(Files.newOutputStream(folder.jmhLog()), true, StandardCharsets.UTF_8);
            return OutputFormatFactory.createFormatInstance(stream, VerboseMode.NORMAL);
        } catch (IOException e) {
            throw new UserError("cannot write " + folder.jmhLog() + " (" + e + "): name another folder", e);
        }
    }

    private static byte[] json(Collection<RunResult> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
        }
        return bytes.toByteArray();
    }

    private void refuseLosses(List<BenchmarkId> missing, Map<BenchmarkId, String> failures) {
        Map<BenchmarkId, String> lost = new TreeMap<>(failures);
        missing.forEach(id -> lost.putIfAbsent(id, "it gave no result"));
        if (lost.isEmpty()) {
            return;
        }
        String rows = lost.entrySet().stream()
                .map(row -> row.getKey().label() + " (" + row.getValue() + ")")
                .collect(Collectors.joining(", "));
        throw new UserError(
                "these benchmarks failed: " + rows + "; fix them, " + folder.jmhLog() + " holds the whole traces");
    }
}
