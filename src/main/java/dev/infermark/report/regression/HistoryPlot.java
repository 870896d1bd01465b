package dev.infermark.report.regression;

import dev.infermark.base.NumberKind;
import dev.infermark.regress.history.Change;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Verdict;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One benchmark's history as a picture: runs as dots, levels as lines, changes as uprights. */
public final class HistoryPlot {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 480;
    private static final Color RUNS = new Color(0x8FA0B0);
    private static final Color LEVEL = new Color(0x1F4E79);
    private static final Color WORSE = new Color(0xC0392B);
    private static final Color BETTER = new Color(0x1E8449);
    private static final double MARGIN = 0.08;
    private static final int CROWDED = 300;
    private static final int SMALL_DOT = 4;
    private static final int DOT = 7;
    private static final int LABELS = 12;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}"); // a double holds these exactly

    private HistoryPlot() {}

    /** The plot as PNG. */
    public static byte[] png(SeriesReport report) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart(report).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static XYChart chart(SeriesReport report) {
        double[] values = report.series().values();
        String unit = report.series().unit();
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(report.series().benchmark())
                .xAxisTitle("run (of " + values.length + ", " + report.series().runs().getFirst().label() + " to "
                        + report.series().runs().getLast().label() + ")")
                .yAxisTitle((unit.isEmpty() ? "value" : unit) + ", " + NumberKind.MEASURED.label() + "; "
                        + report.series().direction().label() + " is better")
                .build();
        double low = Arrays.stream(values).min().orElse(0);
        double high = Arrays.stream(values).max().orElse(1);
        double margin = high > low ? MARGIN * (high - low) : Math.max(1e-9, MARGIN * Math.abs(high));
        style(chart.getStyler());
        chart.getStyler().setMarkerSize(values.length > CROWDED ? SMALL_DOT : DOT);
        chart.getStyler().setYAxisMin(low - margin).setYAxisMax(high + margin);
        double[] places = places(report.series().runs());
        double first = places[0];
        double last = places[places.length - 1];
        double side = Math.max(1, (last - first) / places.length);
        chart.getStyler().setXAxisMin(first).setXAxisMax(last + side);
        runs(chart, places, values);
        levels(chart, report, places);
        report.changes()
                .forEach(change -> upright(
                        chart, change, places[change.point().index()], low - margin, high + margin));
        return chart;
    }

    private static void style(XYStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setChartTitleBoxVisible(false);
        styler.setXAxisMaxLabelCount(LABELS);
    }

    /** Where runs stand on the axis: at their own numbers where all have one, else one after the other from 1. */
    static double[] places(List<Series.Run> runs) {
        return runs.stream().allMatch(run -> NUMBER.matcher(run.label()).matches())
                ? runs.stream().mapToDouble(run -> Double.parseDouble(run.label())).toArray()
                : IntStream.rangeClosed(1, runs.size()).asDoubleStream().toArray();
    }

    private static void runs(XYChart chart, double[] places, double[] values) {
        XYSeries runs = chart.addSeries("runs", places, values);
        runs.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        runs.setMarker(SeriesMarkers.CIRCLE);
        runs.setMarkerColor(RUNS);
    }

    /** One broken line: a level per stretch between changes. */
    private static void levels(XYChart chart, SeriesReport report, double[] places) {
        if (report.changes().isEmpty()) {
            return;
        }
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        double start = places[0];
        for (Change change : report.changes()) {
            double end = places[change.point().index()];
            add(x, y, start, end, change.point().before());
            start = end;
        }
        add(x, y, start, places[places.length - 1], report.changes().getLast().point().after());
        XYSeries levels = chart.addSeries("level", x, y);
        levels.setMarker(SeriesMarkers.NONE);
        levels.setLineColor(LEVEL);
        levels.setLineStyle(new BasicStroke(2.5f));
    }

    private static void add(List<Double> x, List<Double> y, double from, double to, double level) {
        x.add(from);
        y.add(level);
        x.add(to);
        y.add(level);
    }

    /** Stands at the first run of the new level, the run that its name tells. */
    private static void upright(XYChart chart, Change change, double at, double low, double high) {
        boolean worse = change.verdict() instanceof Verdict.Regressed;
        String name = "%s %s at run %s".formatted(
                change.verdict().word(), Percent.change(change.point().change()), change.run().label());
        XYSeries upright = chart.addSeries(name, new double[] {at, at}, new double[] {low, high});
        upright.setMarker(SeriesMarkers.NONE);
        upright.setLineColor(worse ? WORSE : BETTER);
        upright.setLineStyle(
                new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 4}, 0));
    }
}
