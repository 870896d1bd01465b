package dev.infermark.report.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.NumberKind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PlotImageTest {
    @Test
    void paintsMeasuredBarsSolidAndModelledBarsHatched() throws IOException {
        double solid = shareOfHue(NumberKind.MEASURED);
        double hatched = shareOfHue(NumberKind.MODELLED);

        assertTrue(solid > 0.05, () -> "solid " + solid);
        // Five of twelve pixels are strokes.
        assertEquals(5.0 / 12, hatched / solid, 0.02);
    }

    @Test
    void drawsTheSamePictureFromTheSameNumbers() {
        BarPlot plot = plot(NumberKind.MODELLED, OptionalDouble.of(3));

        assertArrayEquals(PlotImage.png(plot, Theme.DARK), PlotImage.png(plot, Theme.DARK));
    }

    @Test
    void leavesOutBarsWithoutANumber() throws IOException {
        BufferedImage image = image(PlotImage.png(plot(NumberKind.MEASURED, OptionalDouble.empty()), Theme.LIGHT));

        assertEquals(2 * PlotImage.WIDTH, image.getWidth());
        assertEquals(2 * PlotImage.HEIGHT, image.getHeight());
    }

    @Test
    void refusesASeriesThatDoesNotFitTheGroups() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new BarPlot(
                        "p", "P", "ms", BarPlot.Scale.LINEAR, List.of("a", "b"), List.of(series(NumberKind.MEASURED))));
    }

    private static double shareOfHue(NumberKind kind) throws IOException {
        BufferedImage image = image(PlotImage.png(plot(kind, OptionalDouble.of(3)), Theme.LIGHT));
        int hue = 0xFF000000 | Hue.BLUE.rgb(Theme.LIGHT);
        long pixels = IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == hue)
                .count();
        return pixels / ((double) image.getWidth() * image.getHeight());
    }

    private static BarPlot plot(NumberKind kind, OptionalDouble second) {
        BarPlot.Series series = new BarPlot.Series("x", Hue.BLUE, kind, List.of(OptionalDouble.of(7), second));
        return new BarPlot("p", "P", "ms", BarPlot.Scale.LOGARITHMIC, List.of("a", "b"), List.of(series));
    }

    private static BarPlot.Series series(NumberKind kind) {
        return new BarPlot.Series("x", Hue.BLUE, kind, List.of(OptionalDouble.of(7)));
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
