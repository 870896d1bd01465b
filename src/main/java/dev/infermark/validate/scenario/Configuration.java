package dev.infermark.validate.scenario;

import dev.infermark.lower.SdkVersion;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementClass;
import dev.infermark.validate.measurement.Quantity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows that ran the same thing in the same way, under whatever release; errors are those of their medians.
 *
 * @param kind the class of the rows
 * @param rows one or more
 */
public record Configuration(MeasurementClass kind, List<Answer> rows) {
    private static final int LEAST_ROWS_OF_NOISE = 3;

    private record Key(MeasurementClass kind, Scenario scenario, String device) {}

    /** Copies the list. */
    public Configuration {
        rows = List.copyOf(rows);
    }

    /** The configurations of predicted rows, in the order in which their first rows appear. */
    public static List<Configuration> of(List<Answer> answers) {
        Map<Key, List<Answer>> groups = answers.stream()
                .collect(Collectors.groupingBy(Configuration::key, LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(entry -> new Configuration(entry.getKey().kind(), entry.getValue()))
                .toList();
    }

    /** A row of this configuration. */
    public Measurement measurement() {
        return rows.getFirst().measurement();
    }

    /** Medians of the published and of the modelled values of those rows that publish the quantity. */
    public Optional<Errors.Pair> pair(Quantity quantity) {
        List<Answer> publishing = rows.stream()
                .filter(row -> quantity.published(row.measurement()).isPresent())
                .toList();
        OptionalDouble published = medianOf(publishing, row -> quantity.published(row.measurement()));
        OptionalDouble modelled =
                medianOf(publishing, row -> OptionalDouble.of(quantity.modelled(row.prediction())));
        return published.isPresent()
                ? Optional.of(new Errors.Pair(published.getAsDouble(), modelled.getAsDouble()))
                : Optional.empty();
    }

    /** The mean distance of published values from their median, relatively; empty where fewer than three are. */
    public OptionalDouble noise(Quantity quantity) {
        double[] published = rows.stream()
                .flatMapToDouble(row -> quantity.published(row.measurement()).stream())
                .toArray();
        if (published.length < LEAST_ROWS_OF_NOISE) {
            return OptionalDouble.empty();
        }
        double median = Errors.quantile(published, 0.5);
        return Arrays.stream(published).map(value -> Math.abs(value / median - 1)).average();
    }

    /** What users compare first: the latency, or the throughput where no latency is published. */
    public Optional<Errors.Pair> latencyOrThroughput() {
        return pair(Quantity.LATENCY).or(() -> pair(Quantity.THROUGHPUT));
    }

    /** The scenario of a row without its release. */
    public static Scenario scenario(Subject subject) {
        return subject.scenario().withSdk(SdkVersion.NEWEST);
    }

    /** The median of those values that exist. */
    public static OptionalDouble median(List<OptionalDouble> values) {
        double[] present =
                values.stream().flatMapToDouble(OptionalDouble::stream).toArray();
        return present.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Errors.quantile(present, 0.5));
    }

    private static OptionalDouble medianOf(List<Answer> rows, Function<Answer, OptionalDouble> value) {
        return median(rows.stream().map(value).toList());
    }

    private static Key key(Answer answer) {
        Measurement row = answer.measurement();
        return new Key(MeasurementClass.of(row), scenario(answer.subject()), row.setup().device());
    }
}
