package dev.infermark.cli;

import dev.infermark.base.NumberKind;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.bench.run.BenchmarkProfile;
import dev.infermark.bench.run.BenchmarkRunner;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark bench}: measures the kernels on this host. */
@Command(
        name = "bench",
        description = "Measures the kernels on this host under JMH, and keeps the results in a folder.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
    @Option(
            names = "--profile",
            defaultValue = "quick",
            paramLabel = "PROFILE",
            description = "How long to measure: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private BenchmarkProfile profile = BenchmarkProfile.QUICK;

    @Option(
            names = "--forks",
            paramLabel = "N",
            description = "Measure each row in N forks (default: the profile's).")
    private Optional<Integer> forks = Optional.empty();

    @Option(
            names = "--out",
            defaultValue = "results/run",
            paramLabel = "FOLDER",
            description = "Folder for jmh.json, kernels.csv and provenance.csv (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("results/run");

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Measure the benchmarks whose name this regular expression is found in, and no others"
                    + " (default: those of the profile; quick chooses some 40 rows, the others all).")
    private Optional<String> only = Optional.empty();

    @Option(
            names = "--pin",
            paramLabel = "CORE",
            description = "Measure on this core, and operations on two threads on the next as well.")
    private Optional<Integer> core = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        var commandLine = spec.commandLine();
        OptionalInt pinned = core.map(OptionalInt::of).orElse(OptionalInt.empty());
        BenchmarkRunner runner = new BenchmarkRunner(
                CustomOperators.registered(),
                profile,
                forks.orElse(profile.forks()),
                pinned,
                new RunFolder(out),
                commandLine.getErr());
        BenchmarkResults results = only.map(runner::run).orElseGet(runner::run);
        commandLine.getOut().print(format.write(table(results)));
    }

    private static Table table(BenchmarkResults results) {
        NumberKind kind = NumberKind.MEASURED;
        List<Column> columns = List.of(
                Column.plain("operation", "Operation"),
                Column.plain("type", "Type"),
                Column.plain("shape", "Shape"),
                Column.plain("implementation", "Implementation"),
                Column.plain("unit", "Unit"),
                Column.result("median", "Median", "", kind),
                Column.result("error", "±", "", kind),
                Column.result("share_of_limit_percent", "Share of limit", "%", kind),
                Column.plain("steadiness", "Steady?"));
        HostLimits limits = HostLimits.of(results);
        return new Table(
                columns,
                results.measurements().stream().map(row -> row(row, limits)).toList());
    }

    private static List<Cell> row(MeasuredRow m, HostLimits limits) {
        OptionalDouble share = limits.share(m);
        return List.of(
                Cell.of(m.id().operation().label()),
                Cell.of(m.id().type()),
                Cell.of(m.id().shape()),
                Cell.of(m.id().implementation()),
                Cell.of(m.unit()),
                Cell.of(m.median()),
                quantity(m.error(), 1, 2),
                quantity(share, 100, 3),
                Cell.of(m.remark()));
    }

    private static Cell quantity(OptionalDouble value, double scale, int digits) {
        return value.isPresent() ? new Cell.Quantity(scale * value.getAsDouble(), digits) : new Cell.Missing("N/A");
    }
}
