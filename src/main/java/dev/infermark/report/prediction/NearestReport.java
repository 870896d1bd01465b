package dev.infermark.report.prediction;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.nearest.Nearest;
import dev.infermark.validate.nearest.Nearest.Input;
import dev.infermark.validate.nearest.Neighbour;
import dev.infermark.validate.nearest.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The published measurement that is most like a prediction, to judge it by. */
public final class NearestReport {
    private static final Cell NONE = new Cell.Missing("");

    private NearestReport() {}

    /** A measurement in words, with its figures. */
    public static String words(Measurement measurement) {
        StringJoiner words = new StringJoiner(", ");
        words.add(settings(measurement));
        figure(words, measurement.figures().latencyP50Millis(), " ms");
        figure(words, measurement.figures().tpotP50Millis(), " ms per token");
        figure(words, measurement.figures().throughput(), " " + measurement.figures().throughputUnit());
        return words + ", published " + measurement.origin().firstSeen();
    }

    /** Four lines for people: what was measured, published beside modelled, and where each input lies. */
    public static String lines(Optional<Neighbour> found) {
        if (found.isEmpty()) {
            return "nearest measured: neither this network nor its family was measured on the chip\n";
        }
        Neighbour neighbour = found.get();
        Measurement row = neighbour.nearest().measurement();
        StringJoiner published = new StringJoiner(", ");
        figure(published, millis(row), " ms" + (isPerToken(row) ? " per token" : ""));
        figure(published, row.figures().throughput(), " " + row.figures().throughputUnit());
        StringJoiner modelled = new StringJoiner(", ");
        figure(modelled, neighbour.modelledMillis(), " ms");
        figure(modelled, neighbour.modelledThroughput(), " " + row.figures().throughputUnit());
        return "nearest measured: " + row.setup().model() + "\n"
                + "  " + settings(row) + "\n"
                + "  " + published + " published" + (modelled.length() == 0 ? "" : "; " + modelled + " modelled") + "\n"
                + "  " + positions(neighbour.nearest()) + "\n";
    }

    /** The inputs by where they lie, such as: measured: model, batch; extrapolated: sdk. */
    private static String positions(Nearest nearest) {
        Map<Position, StringJoiner> inputs = new EnumMap<>(Position.class);
        nearest.inputs().forEach((input, position) -> inputs.computeIfAbsent(position, _ -> new StringJoiner(", "))
                .add(input.name().toLowerCase(Locale.ROOT)));
        return inputs.entrySet().stream()
                .map(entry -> entry.getKey().label() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    /** A table with further columns, the neighbour of each row. */
    public static Table beside(Table table, List<Optional<Neighbour>> neighbours) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(Column.plain("nearest_id", "Nearest measured"));
        columns.add(Column.result("nearest_latency_ms", "its latency", "ms", NumberKind.PUBLISHED));
        columns.add(Column.modelled("nearest_modelled_latency_ms", "its latency", "ms"));
        columns.add(Column.result("nearest_throughput_per_s", "its throughput", "1/s", NumberKind.PUBLISHED));
        columns.add(Column.modelled("nearest_modelled_throughput_per_s", "its throughput", "1/s"));
        for (Input input : Input.values()) {
            String name = input.name().toLowerCase(Locale.ROOT);
            columns.add(Column.plain(name + "_position", "Input: " + name));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            List<Cell> row = new ArrayList<>(table.rows().get(i));
            row.addAll(cells(neighbours.get(i)));
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    private static List<Cell> cells(Optional<Neighbour> found) {
        List<Cell> cells = new ArrayList<>();
        Optional<Measurement> row = found.map(each -> each.nearest().measurement());
        cells.add(row.map(each -> Cell.of(each.id())).orElse(NONE));
        cells.add(cell(row.map(NearestReport::millis)));
        cells.add(cell(found.map(Neighbour::modelledMillis)));
        cells.add(cell(row.map(each -> each.figures().throughput())));
        cells.add(cell(found.map(Neighbour::modelledThroughput)));
        for (Input input : Input.values()) {
            cells.add(found.flatMap(each -> Optional.ofNullable(each.nearest().inputs().get(input)))
                    .map(position -> Cell.of(position.label()))
                    .orElse(NONE));
        }
        return cells;
    }

    private static Cell cell(Optional<OptionalDouble> value) {
        return value.filter(OptionalDouble::isPresent).map(each -> Cell.of(each.getAsDouble())).orElse(NONE);
    }

    private static boolean isPerToken(Measurement row) {
        return row.figures().tpotP50Millis().isPresent();
    }

    private static OptionalDouble millis(Measurement row) {
        return isPerToken(row) ? row.figures().tpotP50Millis() : row.figures().latencyP50Millis();
    }

    private static String settings(Measurement measurement) {
        Measurement.Setup setup = measurement.setup();
        StringJoiner words = new StringJoiner(", ");
        words.add(setup.instanceType());
        setup.tensorParallelDegree().ifPresent(degree -> words.add("tp " + degree));
        if (setup.inputLength().isEmpty()) {
            setup.sequenceLength().ifPresent(tokens -> words.add(tokens + " tokens"));
        }
        setup.inputLength().ifPresent(tokens -> words.add(tokens + " tokens in"));
        setup.outputLength().ifPresent(tokens -> words.add(tokens + " out"));
        setup.batch().ifPresent(batch -> words.add("batch " + batch));
        setup.release().ifPresent(sdk -> words.add("SDK " + sdk));
        return words.toString();
    }

    private static void figure(StringJoiner words, OptionalDouble value, String unit) {
        value.ifPresent(number -> words.add(TableFormat.forPeople(number) + unit));
    }
}
