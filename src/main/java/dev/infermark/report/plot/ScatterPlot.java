package dev.infermark.report.plot;

import dev.infermark.base.NumberKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Dots and lines on two logarithmic axes.
 *
 * @param name file name without ending
 * @param title what it shows
 * @param xAxis quantity and unit of the axis below
 * @param yAxis quantity and unit of the upright axis
 * @param series what is drawn, the first at the back
 * @param shape how high it is
 */
public record ScatterPlot(
        String name, String title, String xAxis, String yAxis, List<Series> series, Shape shape) implements Plot {

    /** How high a plot is. */
    public enum Shape {
        /** Much wider than high. */
        WIDE,
        /** High enough to compare what lies on both axes. */
        TALL
    }

    /** A wide plot. */
    public ScatterPlot(String name, String title, String xAxis, String yAxis, List<Series> series) {
        this(name, title, xAxis, yAxis, series, Shape.WIDE);
    }

    /** Copies the list. */
    public ScatterPlot {
        series = List.copyOf(series);
    }

    /** How the places of a series are drawn. */
    public enum Mark {
        /** A dot each, whose words appear when the pointer is on it. */
        DOTS,
        /** Joined by a line. */
        LINE
    }

    /**
     * Places of one colour.
     *
     * @param label what they are, without the kind
     * @param hue their colour
     * @param kind the kind of their numbers
     * @param mark how they are drawn
     * @param places where they are
     */
    public record Series(String label, Hue hue, NumberKind kind, Mark mark, List<Place> places) {

        /** Keeps what logarithmic axes have. */
        public Series {
            places = places.stream().filter(place -> isShown(place.x()) && isShown(place.y())).toList();
        }

        private static boolean isShown(double value) {
            return value > 0 && Double.isFinite(value);
        }
    }

    /**
     * A pair of numbers.
     *
     * @param x along the axis below
     * @param y along the upright axis
     * @param words what it is
     */
    public record Place(double x, double y, String words) {}

    @Override
    public String description() {
        return title + " (" + yAxis + " against " + xAxis + "). "
                + series.stream()
                        .filter(one -> one.mark() == Mark.DOTS)
                        .flatMap(one -> one.places().stream().map(Place::words))
                        .distinct()
                        .limit(20)
                        .collect(Collectors.joining("; "))
                + ".";
    }
}
