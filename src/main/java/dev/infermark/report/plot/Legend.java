package dev.infermark.report.plot;

import dev.infermark.report.plot.BarPlot.Series;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the bars of a plot are, in as many centred lines as the width demands; XChart's own legend does not wrap.
 *
 * @param lines the series of each line
 * @param metrics of the font
 * @param width in pixels
 */
record Legend(List<List<Series>> lines, FontMetrics metrics, int width) {
    private static final int BOX = 14;
    private static final int GAP = 5;
    private static final int SPACE = 12;
    private static final int LINE = 21;
    private static final int MARGIN = 8;

    static Legend of(BarPlot plot, FontMetrics metrics, int width) {
        List<List<Series>> lines = new ArrayList<>();
        List<Series> line = new ArrayList<>();
        for (Series series : plot.series()) {
            if (!line.isEmpty() && widthOf(line, metrics) + widthOf(List.of(series), metrics) > width - SPACE) {
                lines.add(line);
                line = new ArrayList<>();
            }
            line.add(series);
        }
        lines.add(line);
        return new Legend(lines, metrics, width);
    }

    int height() {
        return lines.size() * LINE + MARGIN;
    }

    void paint(Graphics2D graphics, Color text, Function<Series, Color> fill) {
        int y = 0;
        for (List<Series> line : lines) {
            int x = (width - widthOf(line, metrics) + SPACE) / 2;
            for (Series series : line) {
                graphics.setColor(fill.apply(series));
                switch (series.mark()) {
                    case BAR -> graphics.fillRect(x, y, BOX, BOX);
                    case TICK -> graphics.fillRect(x + BOX / 2 - 1, y - 1, 2, BOX + 2);
                }
                graphics.setColor(text);
                graphics.setFont(metrics.getFont());
                graphics.drawString(series.legend(), x + BOX + GAP, y + (BOX + metrics.getAscent()) / 2 - 1);
                x += widthOf(List.of(series), metrics);
            }
            y += LINE;
        }
    }

    private static int widthOf(List<Series> line, FontMetrics metrics) {
        return line.stream()
                .mapToInt(series -> BOX + GAP + metrics.stringWidth(series.legend()) + SPACE)
                .sum();
    }
}
