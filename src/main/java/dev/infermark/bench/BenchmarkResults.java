package dev.infermark.bench;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The measured rows of one run, ordered by operation, type, shape and implementation.
 *
 * @param measurements one per row, none twice
 */
public record BenchmarkResults(List<Measurement> measurements) {

    /** Puts the rows in order and refuses two of the same name. */
    public BenchmarkResults {
        Set<BenchmarkId> seen = new HashSet<>();
        for (Measurement measurement : measurements) {
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
        String text = SafeFiles.read(file);
        try {
            JsonNode root = JsonMapper.shared().readTree(text);
            if (!root.isArray() || root.isEmpty()) {
                throw new UserError(file + " holds no benchmark results: give a file that JMH wrote with -rf json");
            }
            return new BenchmarkResults(
                    root.valueStream().map(node -> measurement(file, node)).toList());
        } catch (JacksonException e) {
            throw new UserError(
                    file + " is not a whole JMH result file (" + e.getOriginalMessage()
                            + "): let the benchmarks run to their end",
                    e);
        } catch (IllegalArgumentException e) {
            throw new UserError(file + " holds " + e.getMessage() + ": run the benchmarks again", e);
        }
    }

    /** The rows planned that are not among these, in order. */
    public List<BenchmarkId> missing(Collection<BenchmarkId> planned) {
        Set<BenchmarkId> lost = new TreeSet<>(planned);
        lost.removeAll(measurements.stream().map(Measurement::id).collect(Collectors.toSet()));
        return List.copyOf(lost);
    }

    /** The rows of our own fast kernels that leave more on the heap than JMH itself does. */
    public List<Measurement> allocating() {
        return measurements.stream().filter(Measurement::isAllocating).toList();
    }

    private static Measurement measurement(Path file, JsonNode node) {
        Map<String, String> parameters = new HashMap<>();
        node.path("params").forEachEntry((name, value) -> parameters.put(name, value.asString()));
        BenchmarkId id = BenchmarkId.of(
                node.required("benchmark").stringValue(), node.required("mode").stringValue(), parameters);
        try {
            JsonNode metric = node.required("primaryMetric");
            List<List<Double>> iterations = metric.required("rawData")
                    .valueStream()
                    .map(fork -> fork.valueStream().map(BenchmarkResults::number).toList())
                    .toList();
            return Measurement.ofIterations(
                    id, metric.required("scoreUnit").stringValue(), iterations, allocatedBytes(node));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    file + ": " + id.label() + " has " + e.getMessage() + ": run the benchmarks again", e);
        }
    }

    /** The least of all iterations: what JMH itself leaves on the heap comes on top in some of them. */
    private static OptionalDouble allocatedBytes(JsonNode node) {
        return node.path("secondaryMetrics").path("gc.alloc.rate.norm").path("rawData")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .mapToDouble(BenchmarkResults::number)
                .min();
    }

    /** JMH writes NaN and infinities as strings. */
    private static double number(JsonNode node) {
        return node.isString() ? Double.parseDouble(node.stringValue()) : node.doubleValue();
    }
}
