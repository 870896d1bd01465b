package dev.infermark.report.validation;

import dev.infermark.base.UserError;
import dev.infermark.validate.measurement.Quantity;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Errors;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of predictions beside measurements. */
public final class ValidationPlots {
    private static final double BAND = 0.1;
    /** Room below the lowest point for the names, in points of error. */
    private static final double LABEL_SPACE = 3;

    private static final int WIDTH = 1100;
    private static final int HEIGHT = 800;
    private static final Color GRID = new Color(0xe4e4e4);
    private static final Color LINE = new Color(0x555555);

    /** Colours that people with any colour vision tell apart (Okabe and Ito), and two greys. */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072b2),
            new Color(0xd55e00),
            new Color(0x009e73),
            new Color(0xcc79a7),
            new Color(0xe69f00),
            new Color(0x56b4e9),
            new Color(0x000000),
            new Color(0x999999));

    private ValidationPlots() {}

    /** Published against modelled latency of every configuration on logarithmic axes, with ±10 %, as PNG. */
    public static byte[] publishedAgainstModelled(List<Answer> answers) {
        Map<String, List<Errors.Pair>> series = new TreeMap<>();
        for (Configuration configuration : Configuration.of(answers)) {
            configuration.pair(Quantity.LATENCY).ifPresent(pair -> series.computeIfAbsent(
                            configuration.measurement().setup().device() + ", " + kind(configuration),
                            _ -> new ArrayList<>())
                    .add(pair));
        }
        if (series.isEmpty()) {
            throw new UserError("no row has both a published and a modelled latency; there is nothing to plot");
        }
        List<Double> all = series.values().stream()
                .flatMap(List::stream)
                .flatMap(pair -> Stream.of(pair.published(), pair.modelled()))
                .toList();
        double low = all.stream().min(Double::compare).orElseThrow() / 1.3;
        double high = all.stream().max(Double::compare).orElseThrow() * 1.3;
        XYChart chart = chart("Latency of a call: modelled against published", "published, ms", "modelled, ms");
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setXAxisMin(low).setXAxisMax(high).setYAxisMin(low).setYAxisMax(high);
        line(chart, "equal", low, high, 1, new BasicStroke(1.5f));
        line(chart, "±10 %", low, high, 1 + BAND, dashed());
        line(chart, "−10 %", low, high, 1 - BAND, dashed()).setShowInLegend(false);
        int colour = 0;
        for (Map.Entry<String, List<Errors.Pair>> entry : series.entrySet()) {
            scatter(
                    chart,
                    entry.getKey(),
                    entry.getValue().stream().map(Errors.Pair::published).toList(),
                    entry.getValue().stream().map(Errors.Pair::modelled).toList(),
                    COLOURS.get(colour++ % COLOURS.size()));
        }
        return png(chart);
    }

    /** The error of every configuration, one strip per family, as PNG. */
    public static byte[] errorsByFamily(List<Answer> answers) {
        Map<String, List<Configuration>> families = Configuration.of(answers).stream()
                .filter(each -> each.latencyOrThroughput().isPresent())
                .collect(Collectors.groupingBy(
                        each -> each.measurement().setup().family(), TreeMap::new, Collectors.toList()));
        if (families.isEmpty()) {
            throw new UserError("no row has both a published and a modelled value; there is nothing to plot");
        }
        List<String> names = List.copyOf(families.keySet());
        XYChart chart = chart("Error of the model by family", "", "modelled / published − 1, %");
        chart.getStyler().setXAxisMin(-0.6).setXAxisMax(names.size() - 0.4);
        chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        chart.getStyler().setXAxisTicksVisible(false).setPlotGridVerticalLinesVisible(false);
        flat(chart, "no error", names.size(), 0, new BasicStroke(1.5f));
        flat(chart, "±10 %", names.size(), 100 * BAND, dashed());
        flat(chart, "−10 %", names.size(), -100 * BAND, dashed()).setShowInLegend(false);
        Map<String, List<double[]>> points = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            List<Configuration> configurations = families.getOrDefault(names.get(i), List.of());
            for (int j = 0; j < configurations.size(); j++) {
                Configuration each = configurations.get(j);
                double spread = configurations.size() == 1 ? 0 : 0.5 * j / (configurations.size() - 1) - 0.25;
                double error = 100 * each.latencyOrThroughput().orElseThrow().error();
                points.computeIfAbsent(each.measurement().setup().device(), _ -> new ArrayList<>())
                        .add(new double[] {i + spread, error});
            }
        }
        double least = points.values().stream().flatMap(List::stream).mapToDouble(point -> point[1]).min().orElse(0);
        double floor = Math.min(-100 * BAND, least) - LABEL_SPACE;
        chart.getStyler().setYAxisMin(floor - LABEL_SPACE);
        for (int i = 0; i < names.size(); i++) {
            chart.addAnnotation(new AnnotationText(names.get(i), i, floor, false));
        }
        int colour = 0;
        for (Map.Entry<String, List<double[]>> entry : points.entrySet()) {
            scatter(
                    chart,
                    entry.getKey(),
                    entry.getValue().stream().map(point -> point[0]).toList(),
                    entry.getValue().stream().map(point -> point[1]).toList(),
                    COLOURS.get(colour++ % COLOURS.size()));
        }
        return png(chart);
    }

    private static String kind(Configuration configuration) {
        return switch (configuration.measurement().setup().family()) {
            case "resnet", "vgg", "unet", "alexnet" -> "CNNs";
            case "vit", "deit", "beit", "clip" -> "vision transformers";
            case "gpt2" -> "decoders";
            default -> "encoders";
        };
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 20))
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        chart.getStyler()
                .setPlotGridLinesColor(GRID)
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16))
                .setMarkerSize(9)
                .setLocale(Locale.ROOT);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        return chart;
    }

    private static XYSeries line(
            XYChart chart, String name, double low, double high, double slope, BasicStroke stroke) {
        double from = low / Math.min(1, slope);
        double to = high / Math.max(1, slope);
        return ruler(chart, name, new double[] {from, to}, new double[] {slope * from, slope * to}, stroke);
    }

    private static XYSeries flat(XYChart chart, String name, int count, double height, BasicStroke stroke) {
        return ruler(chart, name, new double[] {-0.6, count - 0.4}, new double[] {height, height}, stroke);
    }

    private static XYSeries ruler(XYChart chart, String name, double[] x, double[] y, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(LINE);
        series.setLineStyle(stroke);
        return series;
    }

    private static BasicStroke dashed() {
        return new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {6f, 5f}, 0f);
    }

    private static void scatter(XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 190));
    }

    private static byte[] png(XYChart chart) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
