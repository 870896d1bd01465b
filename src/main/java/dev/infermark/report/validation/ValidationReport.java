package dev.infermark.report.validation;

import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.accuracy.Validation;
import dev.infermark.validate.generate.GenerationAnswer;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.generate.GenerationQuantity;
import dev.infermark.validate.generate.GenerationSubject;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementClass;
import dev.infermark.validate.measurement.Quantity;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Errors;
import dev.infermark.validate.scenario.Subjects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Predictions beside measurements. */
public final class ValidationReport {
    private static final Cell BLANK = new Cell.Missing("");

    private ValidationReport() {}

    /**
     * One row per measurement. {@code lower} and {@code upper} are the 90 % interval of the latency in milliseconds, or
     * of the throughput where the row publishes a throughput alone.
     */
    public static Table rows(
            Validation validation,
            Intervals intervals,
            List<GenerationAnswer> generated,
            GenerationIntervals generationIntervals) {
        List<Column> columns = List.of(
                Column.plain("id", "Row"),
                Column.plain("status", "Status"),
                Column.modelled("predicted_latency_p50_ms", "Latency p50", "ms"),
                Column.modelled("predicted_throughput", "Throughput", "1/s"),
                Column.modelled("predicted_ttft_ms", "Time to first token", "ms"),
                Column.modelled("predicted_tpot_ms", "Time per token", "ms"),
                Column.modelled("lower", "Lower", ""),
                Column.modelled("upper", "Upper", ""),
                Column.modelled("bound_by", "Bound by", ""),
                Column.plain("reason", "Reason"));
        // Rows of a file may be equal, so that their cells are looked up by value.
        Map<Measurement, List<Cell>> cells = new HashMap<>();
        validation.answers().forEach(answer -> cells.put(answer.measurement(), predicted(answer, intervals)));
        validation.refused().forEach(refused -> cells.put(refused.measurement(), refused(refused)));
        generated.forEach(each -> cells.put(each.subject().measurement(), generated(each, generationIntervals)));
        return new Table(
                columns,
                validation.rows().stream()
                        .map(row -> Objects.requireNonNull(cells.get(row)))
                        .toList());
    }

    private static List<Cell> predicted(Answer answer, Intervals intervals) {
        Quantity quantity = Quantity.LATENCY.published(answer.measurement()).isEmpty()
                        && Quantity.THROUGHPUT.published(answer.measurement()).isPresent()
                ? Quantity.THROUGHPUT
                : Quantity.LATENCY;
        double value = quantity.modelled(answer.prediction());
        Interval interval = answer.subject().interval(intervals);
        return List.of(
                Cell.of(answer.measurement().id()),
                Cell.of("predicted"),
                Cell.of(Quantity.LATENCY.modelled(answer.prediction())),
                Cell.of(Quantity.THROUGHPUT.modelled(answer.prediction())),
                BLANK,
                BLANK,
                Cell.of(interval.lower(value)),
                Cell.of(interval.upper(value)),
                Cell.of(answer.prediction().boundBy()),
                Cell.of(answer.subject().scenario().assumption()));
    }

    /** The interval is of the quantity that is published first: time per token, of the whole, else throughput. */
    private static List<Cell> generated(GenerationAnswer answer, GenerationIntervals intervals) {
        GenerationSubject subject = answer.subject();
        GenerationQuantity quantity = Stream.of(GenerationQuantity.TPOT, GenerationQuantity.LATENCY)
                .filter(each -> each.target(subject).isPresent())
                .findFirst()
                .orElse(GenerationQuantity.THROUGHPUT);
        double value = quantity.modelled(subject, answer.prediction());
        Interval interval = answer.interval(quantity, intervals);
        return List.of(
                Cell.of(subject.measurement().id()),
                Cell.of("predicted"),
                Cell.of(GenerationQuantity.LATENCY.published(subject).isPresent()
                        ? GenerationQuantity.LATENCY.modelled(subject, answer.prediction())
                        : 1e3 * answer.prediction().endToEnd()),
                Cell.of(answer.prediction().outputTokensPerSecond()),
                Cell.of(1e3 * answer.prediction().timeToFirstToken()),
                Cell.of(GenerationQuantity.TPOT.modelled(subject, answer.prediction())),
                Cell.of(interval.lower(value)),
                Cell.of(interval.upper(value)),
                Cell.of(answer.prediction().medianStep().largest().label()),
                Cell.of(answer.subject().scenario().runtime().label()));
    }

    /** Errors of text generation by quantity and library, row by row. */
    public static Table generationErrors(List<GenerationAnswer> answers) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("runtime", "Runtime"),
                Column.plain("quantity", "Quantity"),
                Column.plain("rows", "Rows")));
        columns.addAll(errorColumns());
        List<List<Cell>> rows = new ArrayList<>();
        for (GenerationRuntime runtime : GenerationRuntime.values()) {
            for (GenerationQuantity quantity : GenerationQuantity.values()) {
                List<Errors.Pair> pairs = answers.stream()
                        .filter(each -> each.subject().scenario().runtime() == runtime)
                        .filter(each -> quantity.target(each.subject()).isPresent())
                        .map(each -> new Errors.Pair(
                                quantity.target(each.subject()).orElseThrow(),
                                quantity.modelled(each.subject(), each.prediction())))
                        .toList();
                if (!pairs.isEmpty()) {
                    List<Cell> row = new ArrayList<>(
                            List.of(Cell.of(runtime.label()), Cell.of(quantity.label()), Cell.of((long) pairs.size())));
                    row.addAll(errorCells(Errors.of(pairs)));
                    rows.add(row);
                }
            }
        }
        return new Table(columns, rows);
    }

    private static List<Cell> refused(Subjects.Refused refused) {
        return List.of(
                Cell.of(refused.measurement().id()),
                Cell.of("refused"),
                BLANK,
                BLANK,
                BLANK,
                BLANK,
                BLANK,
                BLANK,
                BLANK,
                Cell.of(refused.reason()));
    }

    /** Errors by class, device and family, on medians per configuration. */
    public static Table errors(List<Answer> answers) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("group", "Group"),
                Column.plain("name", "Name"),
                Column.plain("quantity", "Quantity"),
                Column.plain("configurations", "Configurations")));
        columns.addAll(errorColumns());
        List<List<Cell>> rows = new ArrayList<>();
        List<Configuration> configurations = Configuration.of(answers);
        rows.addAll(grouped("class", configurations, Configuration::kind, MeasurementClass::title));
        rows.addAll(grouped("device", configurations, each -> each.measurement().setup().device(), each -> each));
        rows.addAll(grouped("family", configurations, each -> each.measurement().setup().family(), each -> each));
        rows.addAll(grouped("all", configurations, _ -> "all", each -> each));
        return new Table(columns, rows);
    }

    private static <K extends Comparable<K>> List<List<Cell>> grouped(
            String group, List<Configuration> all, Function<Configuration, K> key, Function<K, String> title) {
        Map<K, List<Configuration>> groups =
                all.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        List<List<Cell>> rows = new ArrayList<>();
        groups.forEach((name, configurations) -> {
            for (Quantity quantity : Quantity.values()) {
                List<Errors.Pair> pairs = configurations.stream()
                        .flatMap(each -> each.pair(quantity).stream())
                        .toList();
                if (!pairs.isEmpty()) {
                    List<Cell> row = new ArrayList<>(List.of(
                            Cell.of(group), Cell.of(title.apply(name)), Cell.of(quantity.label()),
                            Cell.of(pairs.size())));
                    row.addAll(errorCells(Errors.of(pairs)));
                    rows.add(row);
                }
            }
        });
        return rows;
    }

    /** How many rows are predicted and refused, by device and quality, and the reasons of the refusals. */
    public static Table coverage(Validation validation, List<GenerationAnswer> generated) {
        List<Column> columns = List.of(
                Column.plain("device", "Device"),
                Column.plain("quality", "Quality"),
                Column.plain("outcome", "Outcome"),
                Column.plain("rows", "Rows"));
        Map<List<String>, Long> counts = new TreeMap<>(java.util.Comparator.comparing(List::toString));
        validation.answers().forEach(each -> counts.merge(key(each.measurement(), "predicted"), 1L, Long::sum));
        generated.forEach(each -> counts.merge(key(each.subject().measurement(), "predicted"), 1L, Long::sum));
        validation.refused().forEach(each ->
                counts.merge(key(each.measurement(), "refused: " + each.reason()), 1L, Long::sum));
        return new Table(
                columns,
                counts.entrySet().stream()
                        .map(entry -> List.of(
                                Cell.of(entry.getKey().get(0)),
                                Cell.of(entry.getKey().get(1)),
                                Cell.of(entry.getKey().get(2)),
                                Cell.of(entry.getValue())))
                        .toList());
    }

    private static List<String> key(Measurement row, String outcome) {
        return List.of(row.setup().device(), row.origin().isTrusted() ? "ok" : "suspect", outcome);
    }

    /** The columns of {@link #errorCells}. */
    static List<Column> errorColumns() {
        return List.of(
                Column.modelled("mean_error_percent", "Mean error", "%"),
                Column.modelled("median_error_percent", "Median", "%"),
                Column.modelled("p90_error_percent", "p90", "%"),
                Column.modelled("worst_error_percent", "Worst", "%"),
                Column.modelled("bias_percent", "Bias", "%"),
                Column.modelled("spearman", "Spearman", ""));
    }

    /** The statistics of errors as cells. */
    static List<Cell> errorCells(Errors errors) {
        return List.of(
                percent(errors.mean()),
                percent(errors.median()),
                percent(errors.p90()),
                percent(errors.worst()),
                percent(errors.bias()),
                new Cell.Quantity(Math.rint(1e4 * errors.spearman()) / 1e4, 4));
    }

    /** A share as per cent with two decimals. */
    static Cell percent(double share) {
        return new Cell.Quantity(Math.rint(1e4 * share) / 100, 3);
    }
}
