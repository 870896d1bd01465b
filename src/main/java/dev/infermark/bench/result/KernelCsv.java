package dev.infermark.bench.result;

import dev.infermark.base.NumberKind;
import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.csv.CsvWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * {@code kernels.csv}: the results of a run, one line per row, times in the unit that the line names.
 *
 * <p>{@code limit} is the least time that the machine allows by the reference benchmarks of the same run, and {@code
 * share_of_limit} that time divided by the median; both are {@code N/A} where none ran or the operation's work is not
 * known. {@code alloc_bytes_per_op} is {@code N/A} where JMH did not observe the heap.
 */
public final class KernelCsv {
    private static final String UNKNOWN = "N/A";
    private static final String ALLOCATED = "alloc_bytes_per_op";
    private static final List<String> HEADER = List.of(
            "benchmark", "operation", "implementation", "type", "shape", "mode", "unit", "forks", "median", "min",
            "max", "error", "spread", "steadiness", "limit", "share_of_limit", ALLOCATED, "kind",
            "fork_medians");
    /** What all else follows from. */
    private static final List<String> READ = List.of(
            "benchmark", "implementation", "type", "shape", "mode", "unit", ALLOCATED, "fork_medians");

    private KernelCsv() {}

    /**
     * Writes the results; {@code error} is half the width of the 95 % interval of the fork medians, and {@code spread}
     * is (max − min) / median of these, both {@code N/A} for one fork.
     */
    public static void write(Path file, BenchmarkResults results) {
        HostLimits limits = HostLimits.of(results);
        CsvWriter.write(
                file,
                HEADER,
                results.measurements().stream().<List<?>>map(row -> line(row, limits)).toList());
    }

    /** Reads the results back, or says what is wrong with the file. */
    public static BenchmarkResults read(Path file) {
        List<MeasuredRow> measurements = CsvReader.rows(file, READ).stream()
                .map(KernelCsv::measurement)
                .toList();
        if (measurements.isEmpty()) {
            throw new UserError(file + " holds no rows: run the benchmarks again");
        }
        try {
            return new BenchmarkResults(measurements);
        } catch (IllegalArgumentException e) {
            throw new UserError(file + " holds " + e.getMessage() + ": run the benchmarks again", e);
        }
    }

    private static List<?> line(MeasuredRow m, HostLimits limits) {
        BenchmarkId id = m.id();
        OptionalDouble limit = limits.micros(id);
        OptionalDouble share = limits.share(m);
        return List.of(
                id.benchmark(),
                id.operation().label(),
                id.implementation(),
                id.type(),
                id.shape(),
                id.mode(),
                m.unit(),
                m.forkMedians().size(),
                m.median(),
                m.min(),
                m.max(),
                known(m.error()),
                known(m.spread()),
                m.steadiness().label(),
                share.isPresent() ? limit.orElseThrow() * m.median() / m.micros() : UNKNOWN,
                known(share),
                known(m.allocatedBytes()),
                NumberKind.MEASURED.label(),
                m.forkMedians().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    private static Object known(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : UNKNOWN;
    }

    /** Files of earlier versions do not tell. */
    private static Steadiness steadiness(CsvRow row) {
        return row.get("steadiness")
                .map(label -> Steadiness.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_')))
                .orElse(Steadiness.UNKNOWN);
    }

    /** Median, extremes, error, spread and limit follow from the fork medians, so these alone are read. */
    private static MeasuredRow measurement(CsvRow row) {
        BenchmarkId id = new BenchmarkId(
                row.required("benchmark"),
                row.text("implementation"),
                row.text("type"),
                row.text("shape"),
                row.required("mode"));
        try {
            List<Double> forkMedians = Arrays.stream(row.required("fork_medians").split(" "))
                    .map(Double::valueOf)
                    .toList();
            return new MeasuredRow(
                    id,
                    row.required("unit"),
                    forkMedians,
                    allocatedBytes(row),
                    steadiness(row));
        } catch (IllegalArgumentException e) {
            throw new UserError(row.place() + ": " + e.getMessage() + "; run the benchmarks again", e);
        }
    }

    private static OptionalDouble allocatedBytes(CsvRow row) {
        if (row.required(ALLOCATED).equals(UNKNOWN)) {
            return OptionalDouble.empty();
        }
        double bytes = row.requiredNumber(ALLOCATED);
        if (!(bytes >= 0 && bytes < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(ALLOCATED + " of " + bytes);
        }
        return OptionalDouble.of(bytes);
    }
}
