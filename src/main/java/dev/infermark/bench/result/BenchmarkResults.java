package dev.infermark.bench.result;

import dev.infermark.base.Median;
import dev.infermark.base.UserError;
import dev.infermark.jmh.BenchmarkKey;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.BrokenRunException;
import dev.infermark.jmh.JmhJson;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The measured rows of one run, ordered by operation, type, shape and implementation.
 *
 * @param measurements one per row, none twice
 */
public record BenchmarkResults(List<MeasuredRow> measurements) {

    /** Puts the rows in order and refuses two of the same name. */
    public BenchmarkResults {
        Set<BenchmarkId> seen = new HashSet<>();
        for (MeasuredRow measurement : measurements) {
            if (!seen.add(measurement.id())) {
                throw new IllegalArgumentException(measurement.id().label() + " twice");
            }
        }
        measurements = measurements.stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** Reads JMH's JSON ({@code -rf json}); a file that is missing, cut short or holds no numbers is refused. */
    public static BenchmarkResults read(Path file) {
        try {
            return new BenchmarkResults(
                    JmhJson.read(file).stream().map(result -> measurement(file, result)).toList());
        } catch (BrokenRunException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new UserError(file + " holds " + e.getMessage() + ": run the benchmarks again", e);
        }
    }

    /** The rows planned that are not among these, in order. */
    public List<BenchmarkId> missing(Collection<BenchmarkId> planned) {
        Set<BenchmarkId> lost = new TreeSet<>(planned);
        lost.removeAll(measurements.stream().map(MeasuredRow::id).collect(Collectors.toSet()));
        return List.copyOf(lost);
    }

    /** The rows of our own fast kernels that leave more on the heap than JMH itself does. */
    public List<MeasuredRow> allocating() {
        return measurements.stream().filter(MeasuredRow::isAllocating).toList();
    }

    /** The rows that had not settled. */
    public List<MeasuredRow> unsteady() {
        return measurements.stream().filter(row -> row.steadiness().isUnsteady()).toList();
    }

    private static MeasuredRow measurement(Path file, BenchmarkResult result) {
        BenchmarkKey key = result.key();
        BenchmarkId id = BenchmarkId.of(key.benchmark(), key.mode(), key.params());
        try {
            return new MeasuredRow(
                    id,
                    result.unit(),
                    result.forks().stream().map(Median::of).toList(),
                    result.allocatedBytes(),
                    Steadiness.of(result.forks(), result.compilerShares()));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    file + ": " + id.label() + " has " + e.getMessage() + ": run the benchmarks again", e);
        }
    }
}
