package dev.infermark.report.plot;

import dev.infermark.base.NumberKind;
import dev.infermark.base.UserError;
import dev.infermark.report.plot.BarPlot.Scale;
import dev.infermark.report.plot.BarPlot.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;

/** The picture of a plot: modelled bars are hatched, measured and published ones are solid. */
public final class PlotImage {
    /** Width in pixels of the page; the picture has twice as many for sharp screens. */
    public static final int WIDTH = 560;

    /** Height in pixels of the page. */
    public static final int HEIGHT = 380;

    private static final int PIXELS = 2;
    private static final int HATCH_PERIOD = 12;
    private static final int HATCH_STROKE = 5;
    private static final int LONG_LABEL = 13;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private PlotImage() {}

    /** The height of a plot in pixels of the page. */
    public static int height(BarPlot plot) {
        return switch (plot.direction()) {
            case UP -> HEIGHT;
            case RIGHT -> new RowChart(plot, Theme.LIGHT, WIDTH).height() + legend(plot).height();
        };
    }

    /** The plot as a PNG file. */
    public static byte[] png(BarPlot plot, Theme theme) {
        int height = height(plot);
        BufferedImage image = new BufferedImage(PIXELS * WIDTH, PIXELS * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS, PIXELS);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(theme.background());
        graphics.fillRect(0, 0, WIDTH, height);
        Legend legend = legend(plot);
        switch (plot.direction()) {
            case UP -> chart(plot, theme).paint(graphics, WIDTH, height - legend.height());
            case RIGHT -> new RowChart(plot, theme, WIDTH).paint(graphics, series -> fill(series, theme));
        }
        graphics.translate(0, height - legend.height());
        legend.paint(graphics, theme.text(), series -> fill(series, theme));
        graphics.dispose();
        for (Series series : plot.series()) {
            if (series.kind() == NumberKind.MODELLED) {
                hatch(image, fill(series, theme).getRGB(), series.hue().rgb(theme));
            }
        }
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a font first, because a JDK without any fails in several ways and names no mend. */
    private static Legend legend(BarPlot plot) {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return Legend.of(plot, graphics.getFontMetrics(FONT.deriveFont(12f)), WIDTH);
        } catch (RuntimeException | Error e) {
            throw new UserError(
                    "this machine has no font to label plots with (" + e.getMessage() + "): install fontconfig and a"
                            + " font such as fonts-dejavu-core, then run 'infermark report'",
                    e);
        } finally {
            graphics.dispose();
        }
    }

    private static CategoryChart chart(BarPlot plot, Theme theme) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(plot.title())
                .yAxisTitle(plot.scale() == Scale.LOGARITHMIC ? plot.axis() + ", log scale" : plot.axis())
                .build();
        for (Series series : plot.series()) {
            List<Double> values = series.values().stream()
                    .map(value -> value.isPresent() ? value.getAsDouble() : Double.NaN)
                    .toList();
            CategorySeries bars = chart.addSeries(series.legend(), plot.groups(), values);
            bars.setFillColor(fill(series, theme));
        }
        style(chart.getStyler(), theme);
        if (plot.groups().stream().anyMatch(group -> group.length() > LONG_LABEL)) {
            chart.getStyler().setXAxisLabelRotation(25);
        }
        scale(chart.getStyler(), plot);
        return chart;
    }

    private static void style(CategoryStyler styler, Theme theme) {
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(theme.background());
        styler.setPlotBackgroundColor(theme.background());
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(theme.text());
        styler.setAxisTickLabelsColor(theme.text());
        styler.setAxisTickMarksColor(theme.grid());
        styler.setPlotGridLinesColor(theme.grid());
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setPlotTicksMarksVisible(false);
        styler.setXAxisTitleColor(theme.text());
        styler.setYAxisTitleColor(theme.text());
        styler.setChartTitleFontColor(theme.text());
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(FONT.deriveFont(Font.BOLD, 15));
        styler.setAxisTitleFont(FONT);
        styler.setAxisTickLabelsFont(FONT);
        styler.setPlotGridLinesStroke(new BasicStroke(0.75f));
        styler.setLegendVisible(false);
        styler.setAvailableSpaceFill(0.8);
    }

    private static void scale(CategoryStyler styler, BarPlot plot) {
        switch (plot.scale()) {
            case LINEAR -> styler.setYAxisMin(0.0);
            case LOGARITHMIC -> {
                styler.setYAxisLogarithmic(true);
                // Half the smallest value, so that its bar is more than a line.
                styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(values(plot).min().orElse(2) / 2))));
                styler.setYAxisTickLabelsFormattingFunction(PlotImage::decade);
                styler.setPlotGridLinesVisible(false);
                styler.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(values(plot).max().orElse(1)))));
            }
        }
    }

    /** Labels powers of ten only. */
    private static String decade(double value) {
        double exponent = Math.log10(value);
        boolean isDecade = Math.abs(exponent - Math.rint(exponent)) < 1e-6;
        DecimalFormat format = new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return isDecade ? format.format(value) : "";
    }

    private static DoubleStream values(BarPlot plot) {
        return plot.series().stream()
                .flatMap(series -> series.values().stream())
                .flatMapToDouble(value -> value.stream());
    }

    /** Modelled bars are painted pale, in a colour that nothing else of the picture has, and hatched afterwards. */
    private static Color fill(Series series, Theme theme) {
        Color hue = new Color(series.hue().rgb(theme));
        return series.kind() == NumberKind.MODELLED ? between(hue, theme.background()) : hue;
    }

    private static Color between(Color hue, Color background) {
        return new Color(
                (hue.getRed() + 3 * background.getRed()) / 4,
                (hue.getGreen() + 3 * background.getGreen()) / 4,
                (hue.getBlue() + 3 * background.getBlue()) / 4);
    }

    private static void hatch(BufferedImage image, int pale, int stroke) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == pale && (x + y) % HATCH_PERIOD < HATCH_STROKE) {
                    image.setRGB(x, y, stroke);
                }
            }
        }
    }
}
