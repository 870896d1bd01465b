package dev.infermark.report.prediction;

import dev.infermark.deploy.Prediction;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.Resource;
import dev.infermark.simulate.StageTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a call consists of, layer by layer, exchanges among cores between them; the rows sum to the time of the core
 * and of its exchanges.
 */
public final class LayerReport {
    private LayerReport() {}

    /** Layers that follow each other with equal times and exchanges: how many, the first, and what follows each. */
    private record Step(int count, StageTime first, double exchange) {

        private boolean goesOnWith(Step next) {
            return first.doesAs(next.first) && exchange == next.exchange;
        }

        private Step withOneMore() {
            return new Step(count + 1, first, exchange);
        }

        private String name() {
            return (count > 1 ? count + " like " : "") + first.name();
        }
    }

    /** One row per stage: when it runs, how long each engine works, what it waits for; several are told apart. */
    public static Table each(List<Prediction> predictions) {
        return table(predictions, LayerReport::steps);
    }

    /** The same for people: a row for each run of layers with equal times, which are those of each of them. */
    public static Table runs(List<Prediction> predictions) {
        return table(predictions, prediction -> joined(steps(prediction)));
    }

    private static List<Step> steps(Prediction prediction) {
        List<StageTime> stages = prediction.estimate().stages();
        List<Double> exchanges = prediction.phases().getFirst().exchanges();
        return IntStream.range(0, stages.size())
                .mapToObj(i -> new Step(1, stages.get(i), exchanges.isEmpty() ? 0 : exchanges.get(i)))
                .toList();
    }

    private static List<Step> joined(List<Step> steps) {
        List<Step> joined = new ArrayList<>();
        for (Step step : steps) {
            boolean goesOn = !joined.isEmpty() && joined.getLast().goesOnWith(step);
            joined.add(goesOn ? joined.removeLast().withOneMore() : step);
        }
        return joined;
    }

    private static Table table(List<Prediction> predictions, Function<Prediction, List<Step>> stepsOf) {
        boolean several = predictions.size() > 1;
        List<Column> columns = new ArrayList<>();
        if (several) {
            columns.add(Column.plain("instance_type", "Instance"));
        }
        columns.add(Column.plain("layer", "Layer"));
        columns.add(Column.modelled("start_us", "Start", "µs"));
        columns.add(Column.modelled("duration_us", "Time", "µs"));
        for (Resource resource : Resource.values()) {
            columns.add(Column.modelled(resource.label().toLowerCase(Locale.ROOT) + "_us", resource.label(), "µs"));
        }
        columns.add(Column.modelled("bound_by", "Bound by", ""));
        List<List<Cell>> rows = new ArrayList<>();
        for (Prediction prediction : predictions) {
            Cell instance = Cell.of(prediction.deployment().instance().name());
            rows(stepsOf.apply(prediction)).stream()
                    .map(row -> several ? Stream.concat(Stream.of(instance), row.stream()).toList() : row)
                    .forEach(rows::add);
        }
        return new Table(columns, rows);
    }

    private static List<List<Cell>> rows(List<Step> steps) {
        List<List<Cell>> rows = new ArrayList<>();
        double exchanged = 0;
        for (Step step : steps) {
            StageTime stage = step.first();
            double start = stage.start() + exchanged;
            rows.add(row(step.name(), start, stage.seconds(), stage::busy, stage.boundBy().label()));
            if (step.exchange() > 0) {
                rows.add(row(
                        (step.name() + " exchanges").strip(),
                        start + stage.seconds(),
                        step.exchange(),
                        _ -> 0,
                        Prediction.EXCHANGES));
            }
            exchanged += step.count() * step.exchange();
        }
        return rows;
    }

    private static List<Cell> row(
            String name, double start, double seconds, ToDoubleFunction<Resource> busy, String boundBy) {
        List<Cell> cells = new ArrayList<>(
                List.of(Cell.of(name), Cell.of(1e6 * start), Cell.of(1e6 * seconds)));
        for (Resource resource : Resource.values()) {
            cells.add(Cell.of(1e6 * busy.applyAsDouble(resource)));
        }
        cells.add(Cell.of(boundBy));
        return cells;
    }
}
