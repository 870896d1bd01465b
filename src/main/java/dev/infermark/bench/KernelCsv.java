package dev.infermark.bench;

import dev.infermark.base.NumberKind;
import dev.infermark.base.UserError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/** {@code kernels.csv}: the results of a run, one line per row, times in the unit that the line names. */
public final class KernelCsv {
    private static final List<String> HEADER = List.of(
            "benchmark", "operation", "implementation", "type", "shape", "mode", "unit", "forks", "median", "min",
            "max", "spread", "kind", "fork_medians");

    private KernelCsv() {}

    /** Writes the results; {@code spread} is (max − min) / median of the fork medians. */
    public static void write(Path file, BenchmarkResults results) {
        CsvFile.write(file, HEADER, results.measurements().stream().<List<?>>map(KernelCsv::line).toList());
    }

    /** Reads the results back, or says what is wrong with the file. */
    public static BenchmarkResults read(Path file) {
        List<Measurement> measurements = CsvFile.read(file, KernelCsv::measurement);
        try {
            return new BenchmarkResults(measurements);
        } catch (IllegalArgumentException e) {
            throw new UserError(file + " holds " + e.getMessage() + ": run the benchmarks again", e);
        }
    }

    private static List<?> line(Measurement m) {
        BenchmarkId id = m.id();
        return List.of(
                id.benchmark(),
                id.operation(),
                id.implementation(),
                id.type(),
                id.shape(),
                id.mode(),
                m.unit(),
                m.forkMedians().size(),
                m.median(),
                m.min(),
                m.max(),
                m.spread(),
                NumberKind.MEASURED.label(),
                m.forkMedians().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /** Median, extremes and spread follow from the fork medians, so these alone are read. */
    private static Measurement measurement(CSVRecord row) {
        BenchmarkId id = new BenchmarkId(
                row.get("benchmark"), row.get("implementation"), row.get("type"), row.get("shape"), row.get("mode"));
        List<Double> forkMedians = Arrays.stream(row.get("fork_medians").split(" "))
                .map(Double::valueOf)
                .toList();
        return new Measurement(id, row.get("unit"), forkMedians);
    }
}
