package dev.infermark.report.plot;

import dev.infermark.base.NumberKind;
import dev.infermark.report.plot.BarPlot.Mark;
import dev.infermark.report.plot.BarPlot.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Bars that lie, one group below the other, which leaves room for long names and many groups: each bar tells its
 * number, bars without one take no room, and ticks cross all bars of their group.
 *
 * @param plot what is drawn
 * @param theme its colours
 * @param width in pixels
 */
record RowChart(BarPlot plot, Theme theme, int width) {
    private static final int TOP = 40;
    private static final int BOTTOM = 44;
    private static final int BAR = 11;
    private static final int BETWEEN = 11;
    private static final int LABEL_GAP = 8;
    private static final int NUMBER_WIDTH = 46;
    private static final int NUMBER_GAP = 5;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font NUMBER = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

    /** The height that all groups take in pixels. */
    int height() {
        int height = TOP + BOTTOM;
        for (int group = 0; group < plot.groups().size(); group++) {
            height += blockHeight(group);
        }
        return height;
    }

    private int blockHeight(int group) {
        return Math.max(1, bars(group).size()) * BAR + BETWEEN;
    }

    private List<Series> bars(int group) {
        return plot.series().stream()
                .filter(series -> series.mark() == Mark.BAR && series.values().get(group).isPresent())
                .toList();
    }

    void paint(Graphics2D graphics, Function<Series, Color> fill) {
        graphics.setColor(theme.text());
        centre(graphics, TITLE, plot.title(), width / 2.0, 24);
        FontMetrics labels = graphics.getFontMetrics(LABEL);
        int left = LABEL_GAP * 2
                + plot.groups().stream().mapToInt(labels::stringWidth).max().orElse(0);
        RowScale scale = RowScale.of(plot, left, width - NUMBER_WIDTH);
        axis(graphics, scale);
        int y = TOP;
        for (int group = 0; group < plot.groups().size(); group++) {
            block(graphics, scale, group, y, left, fill);
            y += blockHeight(group);
        }
    }

    private void axis(Graphics2D graphics, RowScale scale) {
        int bottom = height() - BOTTOM;
        for (double tick : scale.ticks()) {
            int x = (int) Math.round(scale.x(tick));
            graphics.setColor(theme.grid());
            graphics.fillRect(x, TOP - BETWEEN / 2, 1, bottom - TOP + BETWEEN);
            graphics.setColor(theme.text());
            centre(graphics, LABEL, RowScale.label(tick), x, bottom + 20);
        }
        String axis = plot.scale() == BarPlot.Scale.LOGARITHMIC ? plot.axis() + ", log scale" : plot.axis();
        centre(graphics, LABEL, axis, (scale.left() + scale.right()) / 2.0, bottom + 38);
    }

    private void block(
            Graphics2D graphics, RowScale scale, int group, int top, int left, Function<Series, Color> fill) {
        int height = blockHeight(group) - BETWEEN;
        graphics.setColor(theme.text());
        graphics.setFont(LABEL);
        FontMetrics labels = graphics.getFontMetrics();
        String name = plot.groups().get(group);
        graphics.drawString(
                name, left - LABEL_GAP - labels.stringWidth(name), top + (height + labels.getAscent()) / 2 - 1);
        int y = top;
        for (Series series : bars(group)) {
            double value = series.values().get(group).orElseThrow();
            int length = Math.max(1, (int) Math.round(scale.x(value)) - left);
            graphics.setColor(fill.apply(series));
            graphics.fillRect(left, y, length, BAR - 1);
            number(graphics, series, number(value), left, y, length);
            y += BAR;
        }
        ticks(graphics, scale, group, top, height, fill);
    }

    /** At the start of the bar where it is long enough and plain, away from ticks; else after its end. */
    private void number(Graphics2D graphics, Series series, String number, int left, int y, int length) {
        graphics.setFont(NUMBER);
        int room = graphics.getFontMetrics().stringWidth(number) + 2 * NUMBER_GAP;
        boolean isInside = series.kind() != NumberKind.MODELLED && length > room;
        graphics.setColor(isInside ? theme.background() : theme.text());
        graphics.drawString(number, left + NUMBER_GAP + (isInside ? 0 : length), y + BAR - 2);
    }

    private void ticks(
            Graphics2D graphics, RowScale scale, int group, int top, int height, Function<Series, Color> fill) {
        graphics.setStroke(new BasicStroke(2));
        for (Series series : plot.series()) {
            OptionalDouble value = series.values().get(group);
            if (series.mark() == Mark.TICK && value.isPresent()) {
                int x = (int) Math.round(scale.x(value.getAsDouble()));
                graphics.setColor(fill.apply(series));
                graphics.drawLine(x, top - 3, x, top + height + 2);
            }
        }
    }

    /** Three significant digits. */
    private static String number(double value) {
        int decimals = Math.clamp(2 - (long) Math.floor(Math.log10(value)), 0, 4);
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static void centre(Graphics2D graphics, Font font, String text, double x, int baseline) {
        graphics.setFont(font);
        graphics.drawString(text, (float) (x - graphics.getFontMetrics().stringWidth(text) / 2.0), baseline);
    }
}
