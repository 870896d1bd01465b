package dev.infermark.report.regression;

import dev.infermark.base.Median;
import dev.infermark.regress.detect.Episode;
import dev.infermark.regress.history.Change;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Verdict;
import j2html.utils.EscapeUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One history as a small picture in SVG, its colours those of the page around it. */
final class HistorySvg {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 124;
    /** Where the runs' names begin. */
    private static final int FLOOR = 110;

    private static final int LABELS = 46;
    private static final int LONGEST_NAME = 20;
    private static final double MARGIN = 0.1;
    /** More dots than this say nothing more at this size. */
    private static final int DOTS = 250;

    private final SeriesReport report;
    private final double low;
    private final double high;
    private final StringBuilder svg = new StringBuilder();

    private HistorySvg(SeriesReport report) {
        this.report = report;
        double[] values = report.series().values();
        double least = Arrays.stream(values).min().orElse(0);
        double most = Arrays.stream(values).max().orElse(1);
        double margin = most > least ? MARGIN * (most - least) : Math.max(1e-300, MARGIN * Math.abs(most));
        this.low = least - margin;
        this.high = most + margin;
    }

    static String write(SeriesReport report) {
        return new HistorySvg(report).write();
    }

    private String write() {
        double[] values = report.series().values();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"history of values\">"
                .formatted(WIDTH, HEIGHT));
        label(Arrays.stream(values).max().orElse(1));
        label(Arrays.stream(values).min().orElse(0));
        ends();
        report.episodes().forEach(past -> band(past.episode()));
        dots(values);
        int from = 0;
        for (Change change : report.changes()) {
            int at = change.point().index();
            level(from, at, change.point().before());
            String colour = change.verdict() instanceof Verdict.Regressed ? "--worse" : "--better";
            svg.append(String.format(Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"4\" y2=\"%d\" stroke=\"var(%s)\" stroke-dasharray=\"4 3\"/>",
                    x(at), x(at), FLOOR - 4, colour));
            from = at;
        }
        level(
                from,
                values.length,
                report.changes().isEmpty() ? Median.of(values) : report.changes().getLast().point().after());
        return svg.append("</svg>").toString();
    }

    private void label(double value) {
        svg.append(String.format(Locale.ROOT,
                "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" dominant-baseline=\"middle\" font-size=\"10\""
                        + " fill=\"var(--faint)\">%s</text>",
                LABELS - 6, y(value), short3(value)));
    }

    /** The first and the last run by name. */
    private void ends() {
        List<Series.Run> runs = report.series().runs();
        end(LABELS, "start", runs.getFirst().label());
        end(WIDTH - 6, "end", runs.getLast().label());
    }

    private void end(int x, String anchor, String run) {
        String name = run.length() <= LONGEST_NAME ? run : run.substring(0, LONGEST_NAME) + "…";
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"10\" fill=\"var(--faint)\">%s</text>"
                .formatted(x, HEIGHT - 3, anchor, EscapeUtil.escape(name)));
    }

    private void band(Episode episode) {
        svg.append(String.format(Locale.ROOT,
                "<rect x=\"%.1f\" y=\"4\" width=\"%.1f\" height=\"%d\" fill=\"var(--grid)\"/>",
                x(episode.from()) - 2, x(episode.to() - 1) - x(episode.from()) + 4, FLOOR - 8));
    }

    private void dots(double[] values) {
        svg.append("<path stroke=\"var(--run)\" stroke-width=\"3\" stroke-linecap=\"round\" d=\"");
        int step = Math.max(1, values.length / DOTS);
        for (int i = 0; i < values.length; i += step) {
            svg.append(String.format(Locale.ROOT, "M%.1f %.1fh0", x(i), y(values[i])));
        }
        svg.append("\"/>");
    }

    private void level(int from, int to, double value) {
        svg.append(String.format(Locale.ROOT,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"var(--level)\" stroke-width=\"2\"/>",
                x(from), x(to - 1), y(value), y(value)));
    }

    private double x(int run) {
        int runs = report.series().runs().size();
        return LABELS + (WIDTH - LABELS - 6.0) * run / Math.max(1, runs - 1);
    }

    private double y(double value) {
        return FLOOR - FLOOR * (value - low) / (high - low);
    }

    private static String short3(double value) {
        return Math.abs(value) >= 1e5 || (Math.abs(value) < 1e-3 && value != 0)
                ? String.format(Locale.ROOT, "%.1e", value).replaceFirst("e\\+?(-?)0?", "e$1")
                : String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3g", value)
                        .replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
    }
}
