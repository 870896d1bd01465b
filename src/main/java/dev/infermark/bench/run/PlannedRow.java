package dev.infermark.bench.run;

import dev.infermark.bench.result.BenchmarkId;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * A row that a run must deliver, and how JMH measures it.
 *
 * @param id what it measures
 * @param benchmark the name of JMH's benchmark
 * @param parameters all of JMH's parameters
 */
record PlannedRow(BenchmarkId id, String benchmark, Map<String, String> parameters) {
    /**
     * The order of measuring: what is compared, peers, types and numbers of threads at one shape, follows each other,
     * since the speed of a host drifts within a run.
     */
    static final Comparator<PlannedRow> COMPARED_TOGETHER =
            Comparator.comparing(PlannedRow::id, BenchmarkId.BY_SHAPE.thenComparing(Comparator.naturalOrder()));

    /** Copies the parameters. */
    PlannedRow {
        parameters = Map.copyOf(parameters);
    }

    /** Has JMH measure this row and no other. */
    void applyTo(ChainedOptionsBuilder options) {
        options.include("^" + Pattern.quote(benchmark) + "$");
        parameters.forEach(options::param);
    }
}
