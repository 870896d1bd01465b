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
    void growsWithTheBarsThatLie() throws IOException {
        BarPlot two = lying(List.of(OptionalDouble.of(1), OptionalDouble.of(2)));
        BarPlot four = lying(IntStream.range(1, 5).mapToObj(OptionalDouble::of).toList());

        assertTrue(PlotImage.height(four) > PlotImage.height(two), () -> PlotImage.height(four) + " pixels");
        assertEquals(2 * PlotImage.height(four), image(PlotImage.png(four, Theme.LIGHT)).getHeight());
    }

    @Test
    void drawsLyingBarsInProportionToTheirNumbers() throws IOException {
        BarPlot plot = lying(List.of(OptionalDouble.of(2), OptionalDouble.of(1)));
        BufferedImage image = image(PlotImage.png(plot, Theme.LIGHT));

        List<Long> lengths = IntStream.range(0, image.getHeight())
                .mapToObj(y -> IntStream.range(0, image.getWidth() - 1)
                        .filter(x -> isBlue(image, x, y) && isBlue(image, x + 1, y))
                        .count())
                .filter(length -> length > 60)
                .distinct()
                .toList();

        long longest = lengths.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertTrue(lengths.stream().anyMatch(length -> Math.abs(2 * length - longest) < 4), lengths::toString);
    }

    @Test
    void drawsATickAcrossLyingBarsAndRefusesItForStandingOnes() throws IOException {
        BarPlot.Series limit = new BarPlot.Series("limit", Hue.BLACK, NumberKind.MEASURED, BarPlot.Mark.TICK,
                List.of(OptionalDouble.of(4)));
        BarPlot plot = new BarPlot("p", "P", "ms", BarPlot.Scale.LINEAR, BarPlot.Direction.RIGHT, List.of("a"),
                List.of(limit));
        BufferedImage image = image(PlotImage.png(plot, Theme.LIGHT));

        int hue = 0xFF000000 | Hue.BLACK.rgb(Theme.LIGHT);
        // Besides the legend's own, at the right end of the axis, which ends with the largest number.
        assertTrue(IntStream.range(0, image.getHeight())
                .anyMatch(y -> image.getRGB(2 * (PlotImage.WIDTH - 46), y) == hue), "tick");
        assertThrows(IllegalArgumentException.class,
                () -> new BarPlot("p", "P", "ms", BarPlot.Scale.LINEAR, List.of("a"), List.of(limit)));
    }

    private static BarPlot lying(List<OptionalDouble> values) {
        return new BarPlot("p", "P", "ms", BarPlot.Scale.LINEAR, BarPlot.Direction.RIGHT,
                values.stream().map(value -> "group " + value).toList(),
                List.of(new BarPlot.Series("s", Hue.BLUE, NumberKind.MEASURED, values)));
    }

    private static boolean isBlue(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) == (0xFF000000 | Hue.BLUE.rgb(Theme.LIGHT));
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
