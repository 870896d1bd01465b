package dev.infermark.report.plot;

import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.tag;

import dev.infermark.report.plot.BarPlot.Mark;
import dev.infermark.report.plot.BarPlot.Series;
import j2html.tags.ContainerTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A plot as SVG: bars lie below the name of their group, so that names may be long and pictures narrow, and each tells
 * its number. Colours are CSS variables of {@code plot.css}, light or dark as the reader's screen is. Bars of measured
 * and published numbers are solid, those of modelled and derived ones are pale with an outline.
 *
 * <p>XChart has no SVG of its own: it paints through VectorGraphics2D, which fixes colours and repeats a style for
 * every stroke, so that no file could be light and dark; and it has no lying bars with limits. Hence markup by j2html.
 */
public final class SvgPlot {
    private static final int WIDTH = 360;
    private static final int KEY = 12;
    private static final int KEY_LINE = 19;
    private static final int GROUP_LINE = 18;
    private static final int BAR = 13;
    private static final int BAR_GAP = 2;
    private static final int GROUP_GAP = 9;
    private static final int AXIS = 36;

    private final BarPlot plot;
    private final Axis axis;
    private final SvgCanvas canvas = new SvgCanvas();
    private double y;

    private SvgPlot(BarPlot plot) {
        this.plot = plot;
        this.axis = Axis.of(plot, WIDTH - 1 - room(plot));
    }

    /** The plot for a page that has {@link #styleSheet()}. */
    public static ContainerTag<?> inline(Plot plot) {
        return switch (plot) {
            case BarPlot bars -> new SvgPlot(bars).draw();
            case ScatterPlot scatter -> SvgScatter.draw(scatter);
            case TimelinePlot timeline -> SvgTimeline.draw(timeline);
        };
    }

    /** The plot as a file of its own. */
    public static String file(Plot plot) {
        return inline(plot).with(tag("style").with(rawHtml(styleSheet()))).render() + "\n";
    }

    /** The colours and letters of plots. */
    public static String styleSheet() {
        try (var in = Objects.requireNonNull(SvgPlot.class.getResourceAsStream("plot.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Room for the number after the longest bar. */
    private static int room(BarPlot plot) {
        int letters = plot.fromZero().mapToInt(bar -> bar.text().length()).max().orElse(0);
        return (int) Math.ceil(letters * SvgCanvas.LETTER) + 12;
    }

    private ContainerTag<?> draw() {
        y = canvas.title(plot.title(), WIDTH);
        legend();
        double top = y;
        double bottom = top + groupsHeight();
        grid(top, bottom);
        for (int group = 0; group < plot.groups().size(); group++) {
            group(group);
        }
        y = bottom;
        scale();
        return canvas.picture(plot, "plot", WIDTH, bottom + AXIS);
    }

    private void legend() {
        y += 4;
        double x = 0;
        for (Series series : plot.series()) {
            double width = KEY + 5 + series.legend().length() * SvgCanvas.LETTER + 10;
            if (x > 0 && x + width - 10 > WIDTH) {
                x = 0;
                y += KEY_LINE;
            }
            switch (series.mark()) {
                case BAR, PART -> box(series, x, y + 2, KEY);
                case TICK -> tick(series, x + KEY / 2.0, y, KEY + 4.0);
            }
            canvas.text("", x + KEY + 5, y + KEY, series.legend());
            x += width;
        }
        y += KEY_LINE + GROUP_GAP;
    }

    private double groupsHeight() {
        double height = 0;
        for (int group = 0; group < plot.groups().size(); group++) {
            int lines = bars(group).size() + (plot.parts(group).isEmpty() ? 0 : 1);
            height += GROUP_LINE + lines * (BAR + BAR_GAP) + GROUP_GAP;
        }
        return height;
    }

    private void grid(double top, double bottom) {
        StringBuilder path = new StringBuilder();
        for (double tick : axis.ticks()) {
            path.append('M').append(SvgCanvas.number(axis.x(tick) + 0.5)).append(' ').append(SvgCanvas.number(top))
                    .append('V').append(SvgCanvas.number(bottom));
        }
        canvas.path("grid", path.toString());
    }

    private void scale() {
        for (double tick : axis.ticks()) {
            canvas.text(tick == 0 ? "tick first" : "tick", axis.x(tick), y + 14, Axis.label(tick));
        }
        canvas.text("", 0, y + 30, plot.axis());
    }

    private List<Series> bars(int group) {
        return plot.series().stream()
                .filter(series -> series.mark() == Mark.BAR && series.bars().get(group).isPresent())
                .toList();
    }

    private void group(int group) {
        canvas.text("group", 0, y + 13, plot.groups().get(group));
        y += GROUP_LINE;
        double top = y;
        parts(group);
        for (Series series : bars(group)) {
            Bar bar = series.bars().get(group).orElseThrow();
            box(series, 0, y, Math.max(1, axis.x(bar.value())));
            bar.spread().ifPresent(this::whisker);
            canvas.text("", besideTicks(group, axis.x(bar.reach()) + 5, bar.text()), y + BAR - 2.5, bar.text());
            y += BAR + BAR_GAP;
        }
        double height = y - top;
        for (Series series : plot.series()) {
            if (series.mark() == Mark.TICK) {
                series.bars().get(group).ifPresent(bar -> tick(series, axis.x(bar.value()), top - 2, height + 2));
            }
        }
        y += GROUP_GAP;
    }

    /** One bar of parts, each with its number where there is room, and the number of the whole after it. */
    private void parts(int group) {
        if (plot.parts(group).isEmpty()) {
            return;
        }
        double before = 0;
        for (Series series : plot.series()) {
            if (series.mark() != Mark.PART || series.bars().get(group).isEmpty()) {
                continue;
            }
            Bar bar = series.bars().get(group).orElseThrow();
            double x = axis.x(before);
            double width = axis.x(before + bar.value()) - x;
            canvas.rectangle(
                    style(series), x + 0.5, y + 0.5, width, BAR - 1, series.legend() + " " + bar.text());
            if (bar.text().length() * SvgCanvas.LETTER + 6 < width) {
                canvas.text("", x + 4, y + BAR - 2.5, bar.text());
            }
            before += bar.value();
        }
        Bar whole = plot.whole(group);
        canvas.text("", besideTicks(group, axis.x(before) + 5, whole.text()), y + BAR - 2.5, whole.text());
        y += BAR + BAR_GAP;
    }

    private void box(Series series, double x, double top, double width) {
        canvas.rectangle(style(series), x + 0.5, top + 0.5, width, width == KEY ? KEY - 1 : BAR - 1);
    }

    private static String style(Series series) {
        return switch (series.kind()) {
            case MEASURED, PUBLISHED -> series.hue().style();
            case MODELLED, DERIVED -> series.hue().style() + " pale";
        };
    }

    /** Where a number starts that should start at x, or beyond the tick that it would cover. */
    private double besideTicks(int group, double x, String number) {
        double end = x + number.length() * SvgCanvas.LETTER;
        return plot.series().stream()
                .filter(series -> series.mark() == Mark.TICK)
                .flatMap(series -> series.bars().get(group).stream())
                .mapToDouble(tick -> axis.x(tick.value()))
                .filter(tick -> x - 3 < tick && tick < end)
                .map(tick -> tick + 4)
                .max()
                .orElse(x);
    }

    private void whisker(Bar.Spread spread) {
        double middle = y + BAR / 2.0;
        String path = "M%s %sv6m0 -3H%sm0 -3v6"
                .formatted(
                        SvgCanvas.number(axis.x(spread.low())),
                        SvgCanvas.number(middle - 3),
                        SvgCanvas.number(axis.x(spread.high())));
        canvas.path("whisker", path);
    }

    private void tick(Series series, double x, double top, double height) {
        canvas.path(
                "limit " + series.hue().style(),
                "M" + SvgCanvas.number(x) + " " + SvgCanvas.number(top) + "v" + SvgCanvas.number(height));
    }
}
