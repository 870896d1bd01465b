package dev.infermark.report.plot;

import static j2html.TagCreator.tag;

import j2html.tags.ContainerTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An SVG picture under construction. Not safe for use by several threads. */
final class SvgCanvas {
    /** Width of a letter of a plot's text, about. */
    static final double LETTER = 6.6;

    private static final double TITLE_LETTER = 8.3;
    private static final int TITLE_LINE = 20;

    private final ContainerTag<?> svg = tag("svg");

    /** Writes a title in as many lines as the width demands; returns the place below it. */
    double title(String words, double width) {
        double y = 0;
        for (String line : lines(words, (int) (width / TITLE_LETTER))) {
            y += TITLE_LINE;
            text("title", 0, y - 5, line);
        }
        return y;
    }

    private static List<String> lines(String words, int letters) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + word.length() >= letters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    void text(String style, double x, double baseline, String words) {
        ContainerTag<?> text = tag("text").withText(words).attr("x", number(x)).attr("y", number(baseline));
        svg.with(style.isEmpty() ? text : text.attr("class", style));
    }

    void path(String style, String path) {
        svg.with(tag("path").attr("class", style).attr("d", path));
    }

    void rectangle(String style, double x, double y, double width, double height) {
        svg.with(box(style, x, y, width, height));
    }

    /** A rectangle whose words appear when the pointer is on it. */
    void rectangle(String style, double x, double y, double width, double height, String words) {
        svg.with(box(style, x, y, width, height).with(tag("title").withText(words)));
    }

    private static ContainerTag<?> box(String style, double x, double y, double width, double height) {
        return tag("rect")
                .attr("class", style)
                .attr("x", number(x))
                .attr("y", number(y))
                .attr("width", number(width))
                .attr("height", number(height));
    }

    /** A dot whose words appear when the pointer is on it. */
    void dot(String style, double x, double y, double radius, String words) {
        svg.with(tag("circle")
                .attr("class", style)
                .attr("cx", number(x))
                .attr("cy", number(y))
                .attr("r", number(radius))
                .with(tag("title").withText(words)));
    }

    /** The picture. */
    ContainerTag<?> picture(Plot plot, String style, double width, double height) {
        return svg.attr("xmlns", "http://www.w3.org/2000/svg")
                .attr("viewBox", "0 0 " + number(width) + " " + number(height))
                .attr("class", style)
                .attr("role", "img")
                .attr("aria-label", plot.description());
    }

    /** One decimal place at most. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }
}
