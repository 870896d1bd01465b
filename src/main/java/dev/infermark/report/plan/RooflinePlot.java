package dev.infermark.report.plan;

import dev.infermark.base.NumberKind;
import dev.infermark.plan.RooflinePlace;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.plot.ScatterPlot;
import dev.infermark.report.plot.ScatterPlot.Mark;
import dev.infermark.report.plot.ScatterPlot.Place;
import dev.infermark.report.plot.ScatterPlot.Series;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Layers and engines below their roofs, as a picture and as a table. */
public final class RooflinePlot {
    private static final double GIGA = 1e9;

    private RooflinePlot() {}

    /** The picture: a roof for each engine, which starts as the device memory's slope. */
    public static ScatterPlot of(List<RooflinePlace> layers, List<RooflinePlace> engines) {
        List<RooflinePlace> all = Stream.concat(layers.stream(), engines.stream())
                .filter(RooflinePlot::isShown)
                .toList();
        double low = all.stream().mapToDouble(RooflinePlace::intensity).min().orElse(1) / 2;
        double high = Math.max(
                2 * all.stream().mapToDouble(RooflinePlace::intensity).max().orElse(1),
                4 * engines.stream().mapToDouble(place -> place.peak() / place.bytesPerSecond()).max().orElse(1));
        List<Series> series = new ArrayList<>();
        List<Hue> hues = List.of(Hue.BLUE, Hue.ORANGE, Hue.GREEN);
        for (int i = 0; i < engines.size(); i++) {
            RooflinePlace engine = engines.get(i);
            series.add(new Series("roof of " + engine.name(), hues.get(i), NumberKind.DERIVED, Mark.LINE,
                    roof(engine, low, high)));
        }
        series.add(dots("layers", Hue.SKY, layers));
        for (int i = 0; i < engines.size(); i++) {
            series.add(dots(engines.get(i).name(), hues.get(i), List.of(engines.get(i))));
        }
        return new ScatterPlot(
                "roofline",
                "What layers and engines reach, and could",
                "operations per byte from device memory",
                "operations per second",
                series);
    }

    private static List<Place> roof(RooflinePlace engine, double low, double high) {
        double ridge = engine.peak() / engine.bytesPerSecond();
        return Stream.of(low, ridge, high)
                .filter(intensity -> intensity >= low)
                .map(intensity -> new Place(
                        intensity, Math.min(engine.peak(), intensity * engine.bytesPerSecond()), engine.name()))
                .toList();
    }

    private static Series dots(String label, Hue hue, List<RooflinePlace> places) {
        return new Series(label, hue, NumberKind.MODELLED, Mark.DOTS, places.stream()
                .filter(RooflinePlot::isShown)
                .map(place -> new Place(place.intensity(), place.attained(), words(place)))
                .toList());
    }

    private static boolean isShown(RooflinePlace place) {
        return place.operations() > 0 && place.bytes() > 0;
    }

    private static String words(RooflinePlace place) {
        return place.name() + ": " + shown(place.intensity()) + " per byte, " + shown(place.attained() / GIGA)
                + " G/s of " + shown(place.roof() / GIGA);
    }

    private static String shown(double value) {
        return TableFormat.forPeople(new Cell.Quantity(value, 3));
    }

    /** A row for each layer and engine; what moves nothing or computes nothing has no place. */
    public static Table table(List<RooflinePlace> layers, List<RooflinePlace> engines) {
        return new Table(
                List.of(
                        Column.plain("place", "Layer or engine"),
                        Column.plain("count", "Equal ones"),
                        Column.modelled("operations", "Operations", ""),
                        Column.modelled("bytes", "Bytes", ""),
                        Column.modelled("intensity", "Per byte", ""),
                        Column.modelled("attained_gops", "Reached", "G/s"),
                        Column.modelled("roof_gops", "Roof", "G/s"),
                        Column.modelled("roof_percent", "Of the roof", "%"),
                        Column.modelled("limit", "The roof is", "")),
                Stream.concat(layers.stream(), engines.stream()).filter(RooflinePlot::isShown).map(place -> List.of(
                        Cell.of(place.name()),
                        Cell.of(place.count()),
                        Cell.of(place.operations()),
                        Cell.of(place.bytes()),
                        Cell.of(place.intensity()),
                        Cell.of(place.attained() / GIGA),
                        Cell.of(place.roof() / GIGA),
                        new Cell.Quantity(100 * place.attained() / place.roof(), 3),
                        Cell.of(place.isBelowMemory() ? "memory" : "compute"))).toList());
    }
}
