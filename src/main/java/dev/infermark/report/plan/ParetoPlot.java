package dev.infermark.report.plan;

import dev.infermark.plan.Offer;
import dev.infermark.plan.Speed;
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
     * The plot as PNG.
     *
     * @param title what was asked
     * @param offers all that can be had
     * @param front those that nothing beats, by rising time
     */
    public static byte[] png(String title, List<Offer> offers, List<Offer> front) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart(title, offers, front).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static XYChart chart(String title, List<Offer> offers, List<Offer> front) {
        boolean isText = front.getFirst().candidate().speed() instanceof Speed.Tokens;
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(isText ? "time per token, ms (modelled)" : "99th percentile of a call, ms (modelled)")
                .yAxisTitle(isText ? "$ per million output tokens (modelled)" : "$ per million (modelled)")
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
        XYSeries line = chart.addSeries("Pareto front", times(front), costs(front));
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(FRONT);
        line.setLineStyle(new BasicStroke(2));
        Map<String, List<Offer>> byInstance = offers.stream()
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
                .mapToDouble(offer -> Math.log10(1e3 * offer.candidate().speed().seconds()))
                .toArray();
    }

    private static double[] costs(List<Offer> offers) {
        return offers.stream().mapToDouble(offer -> Math.log10(offer.costPerMillion())).toArray();
    }
}
