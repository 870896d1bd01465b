package dev.infermark.report.prediction;

import dev.infermark.deploy.Prediction;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.ArrayList;
import java.util.List;

/** What a network with conditionals takes on each way through them, and what is to be expected. */
public final class BranchReport {
    private BranchReport() {}

    /**
     * A way through the conditionals.
     *
     * @param branches the branches taken, in words
     * @param probability of this way
     * @param prediction what a call on it takes
     */
    public record Way(String branches, double probability, Prediction prediction) {}

    /** One row for each way, and the expected call, weighted by their probabilities, as the last. */
    public static Table table(List<Way> ways) {
        double expected = ways.stream()
                .mapToDouble(way -> way.probability() * way.prediction().latencySeconds())
                .sum();
        List<List<Cell>> rows = new ArrayList<>();
        ways.forEach(way -> rows.add(row(way.branches(), way.probability(), way.prediction().latencySeconds(), way)));
        rows.add(row("expected", 1, expected, ways.getFirst()));
        return new Table(
                List.of(
                        Column.plain("model_name", "Model"),
                        Column.plain("instance_type", "Instance"),
                        Column.plain("branches", "Branches"),
                        Column.plain("probability_percent", "Probability, %"),
                        Column.modelled("latency_p50_ms", "Latency p50", "ms"),
                        Column.modelled("throughput_per_s", "Throughput", "inferences/s")),
                rows);
    }

    /** A call's latency is the same multiple of its core's time on all ways, so that throughput follows from it. */
    private static List<Cell> row(String branches, double probability, double seconds, Way way) {
        Prediction prediction = way.prediction();
        double calls = prediction.throughput() * prediction.latencySeconds();
        return List.of(
                Cell.of(prediction.model()),
                Cell.of(prediction.deployment().instance().name()),
                Cell.of(branches),
                new Cell.Quantity(100 * probability, 4),
                Cell.of(1e3 * seconds),
                Cell.of(calls / seconds));
    }
}
