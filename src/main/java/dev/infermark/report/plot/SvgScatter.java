package dev.infermark.report.plot;

import dev.infermark.report.plot.ScatterPlot.Mark;
import dev.infermark.report.plot.ScatterPlot.Place;
import dev.infermark.report.plot.ScatterPlot.Series;
import j2html.tags.ContainerTag;
import java.util.stream.Stream;

/** A {@link ScatterPlot} as SVG, in the colours of {@code plot.css}. */
final class SvgScatter {
    private static final double WIDTH = 900;
    private static final double WIDE_HEIGHT = 340;
    private static final double TALL_HEIGHT = 640;
    private static final double LEFT = 44;
    private static final double AXIS = 38;
    private static final double KEY = 12;
    private static final double KEY_LINE = 19;
    private static final double DOT = 4;

    private final ScatterPlot plot;
    private final double plotHeight;
    private final LogAxis x;
    private final LogAxis y;
    private final SvgCanvas canvas = new SvgCanvas();
    private double top;

    private SvgScatter(ScatterPlot plot) {
        this.plot = plot;
        this.plotHeight = switch (plot.shape()) {
            case WIDE -> WIDE_HEIGHT;
            case TALL -> TALL_HEIGHT;
        };
        this.x = LogAxis.of(places(plot).mapToDouble(Place::x), WIDTH - LEFT - 2);
        this.y = LogAxis.of(places(plot).mapToDouble(Place::y), plotHeight);
    }

    static ContainerTag<?> draw(ScatterPlot plot) {
        return new SvgScatter(plot).draw();
    }

    private static Stream<Place> places(ScatterPlot plot) {
        return plot.series().stream().flatMap(series -> series.places().stream());
    }

    private ContainerTag<?> draw() {
        top = canvas.title(plot.title(), WIDTH);
        legend();
        canvas.text("", 0, top + KEY, plot.yAxis());
        top += KEY_LINE + 4;
        grid();
        plot.series().forEach(this::series);
        canvas.text("", LEFT, top + plotHeight + AXIS - 6, plot.xAxis());
        return canvas.picture(plot, "plot large", WIDTH, top + plotHeight + AXIS);
    }

    private void legend() {
        double at = 0;
        top += 4;
        for (Series series : plot.series()) {
            double width = KEY + 5 + legend(series).length() * SvgCanvas.LETTER + 10;
            if (at > 0 && at + width - 10 > WIDTH) {
                at = 0;
                top += KEY_LINE;
            }
            switch (series.mark()) {
                case DOTS -> canvas.dot(style(series), at + KEY / 2, top + KEY / 2 + 2, DOT, legend(series));
                case LINE -> canvas.path(
                        "line " + series.hue().style(),
                        "M" + SvgCanvas.number(at) + " " + SvgCanvas.number(top + KEY / 2 + 2) + "h" + KEY);
            }
            canvas.text("", at + KEY + 5, top + KEY, legend(series));
            at += width;
        }
        top += KEY_LINE + 6;
    }

    private static String legend(Series series) {
        return series.label() + ", " + series.kind().label();
    }

    private static String style(Series series) {
        return series.hue().style() + switch (series.kind()) {
            case MEASURED, PUBLISHED -> "";
            case MODELLED, DERIVED -> " pale";
        };
    }

    private void grid() {
        StringBuilder path = new StringBuilder();
        for (double tick : x.ticks()) {
            path.append('M').append(SvgCanvas.number(left(tick))).append(' ').append(SvgCanvas.number(top))
                    .append('v').append(SvgCanvas.number(plotHeight));
            canvas.text("tick", left(tick), top + plotHeight + 15, LogAxis.label(tick));
        }
        for (double tick : y.ticks()) {
            path.append('M').append(SvgCanvas.number(LEFT)).append(' ').append(SvgCanvas.number(height(tick)))
                    .append('H').append(SvgCanvas.number(WIDTH));
            canvas.text("tick end", LEFT - 6, height(tick) + 4, LogAxis.label(tick));
        }
        canvas.path("grid", path.toString());
    }

    private void series(Series series) {
        if (series.mark() == Mark.DOTS) {
            series.places().forEach(place ->
                    canvas.dot(style(series), left(place.x()), height(place.y()), DOT, place.words()));
            return;
        }
        StringBuilder path = new StringBuilder();
        for (Place place : series.places()) {
            path.append(path.isEmpty() ? 'M' : 'L').append(SvgCanvas.number(left(place.x()))).append(' ')
                    .append(SvgCanvas.number(height(place.y())));
        }
        canvas.path("line " + series.hue().style(), path.toString());
    }

    private double left(double value) {
        return LEFT + x.place(value);
    }

    private double height(double value) {
        return top + plotHeight - y.place(value);
    }
}
