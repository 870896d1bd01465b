package dev.infermark.report.plan;

import dev.infermark.base.NumberKind;
import dev.infermark.plan.Offer;
import dev.infermark.plan.Plan;
import dev.infermark.plan.Speed;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.plot.ScatterPlot;
import dev.infermark.report.plot.ScatterPlot.Mark;
import dev.infermark.report.plot.ScatterPlot.Series;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.TableFormat;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Time against cost of all offers, those of an instance in one colour, and the Pareto front as a line. */
public final class ParetoPlot {
    private static final double MILLI = 1e3;
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 640;
    private static final int DOT = 7;
    private static final Color FRONT = new Color(0x333333);
    private static final Color[] COLOURS = {
        new Color(0x0072B2), new Color(0xE69F00), new Color(0x009E73), new Color(0xCC79A7), new Color(0x56B4E9),
        new Color(0xD55E00), new Color(0x999999), new Color(0x7A5195), new Color(0x9C8F00), new Color(0x44AA99)
    };

    private ParetoPlot() {}

    /**
     * The plot for pages and SVG, where the pointer tells what a dot is; instances of a family share a colour.
     *
     * @param name of its file
     * @param title what was asked
     */
    public static ScatterPlot scatter(String name, String title, Plan plan) {
        Map<String, List<Offer>> families = plan.all().stream()
                .collect(Collectors.groupingBy(ParetoPlot::family, LinkedHashMap::new, Collectors.toList()));
        List<Series> series = new ArrayList<>();
        List<Hue> hues = List.of(Hue.BLUE, Hue.ORANGE, Hue.GREEN, Hue.PURPLE, Hue.SKY, Hue.AMBER);
        families.forEach((family, offers) -> series.add(new Series(
                family, hues.get(series.size() % hues.size()), NumberKind.MODELLED, Mark.DOTS, places(offers))));
        series.add(new Series("Pareto front", Hue.BLACK, NumberKind.MODELLED, Mark.LINE, places(plan.front())));
        return new ScatterPlot(name, title, timeAxis(plan), costAxis(plan), series);
    }

    private static String family(Offer offer) {
        return offer.candidate().setup().instance().name().replaceFirst("\\..*", "");
    }

    private static List<ScatterPlot.Place> places(List<Offer> offers) {
        return offers.stream()
                .map(offer -> new ScatterPlot.Place(
                        MILLI * offer.candidate().speed().seconds(),
                        offer.costPerMillion(),
                        offer.candidate().setup() + ": "
                                + label(Math.log10(MILLI * offer.candidate().speed().seconds())) + " ms, $"
                                + label(Math.log10(offer.costPerMillion()))))
                .toList();
    }

    private static boolean isText(Plan plan) {
        return plan.all().getFirst().candidate().speed() instanceof Speed.Tokens;
    }

    private static String timeAxis(Plan plan) {
        return isText(plan) ? "time per token, ms" : "99th percentile of a call, ms";
    }

    private static String costAxis(Plan plan) {
        return (isText(plan) ? "$ per million output tokens " : "$ per million ")
                + (plan.isAtFullLoad() ? "at full load" : "as asked, idle time included");
    }

    /**
     * The plot as PNG, for tools that show no SVG.
     *
     * @param title what was asked
     */
    public static byte[] png(String title, Plan plan) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart(title, plan).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static XYChart chart(String title, Plan plan) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(timeAxis(plan) + " (modelled)")
                .yAxisTitle(costAxis(plan) + " (modelled)")
                .build();
        chart.getStyler()
                .setXAxisTickLabelsFormattingFunction(ParetoPlot::label)
                .setYAxisTickLabelsFormattingFunction(ParetoPlot::label)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16))
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE);
        chart.getStyler().setMarkerSize(DOT);
        XYSeries line = chart.addSeries("Pareto front", times(plan.front()), costs(plan.front()));
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(FRONT);
        line.setLineStyle(new BasicStroke(2));
        Map<String, List<Offer>> byInstance = plan.all().stream()
                .collect(Collectors.groupingBy(
                        offer -> offer.candidate().setup().instance().name(), LinkedHashMap::new, Collectors.toList()));
        int colour = 0;
        for (Map.Entry<String, List<Offer>> instance : byInstance.entrySet()) {
            XYSeries dots = chart.addSeries(instance.getKey(), times(instance.getValue()), costs(instance.getValue()));
            dots.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            dots.setMarker(SeriesMarkers.CIRCLE);
            dots.setMarkerColor(COLOURS[colour++ % COLOURS.length]);
        }
        return chart;
    }

    /** The number of a place on the axis, which has the decimal logarithms. */
    private static String label(double logarithm) {
        return TableFormat.forPeople(new Cell.Quantity(Math.pow(10, logarithm), 2));
    }

    private static double[] times(List<Offer> offers) {
        return offers.stream()
                .mapToDouble(offer -> Math.log10(MILLI * offer.candidate().speed().seconds()))
                .toArray();
    }

    private static double[] costs(List<Offer> offers) {
        return offers.stream().mapToDouble(offer -> Math.log10(offer.costPerMillion())).toArray();
    }
}
