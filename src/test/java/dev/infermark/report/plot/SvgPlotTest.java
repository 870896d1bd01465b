package dev.infermark.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.NumberKind;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class SvgPlotTest {
    /** The keys of the legend are boxes too. */
    private static final int KEYS = 2;

    private final BarPlot plot = new BarPlot("p", "How fast & how < far?", "ms", List.of("a", "b"), List.of(
            new BarPlot.Series("x", Hue.BLUE, NumberKind.PUBLISHED,
                    List.of(Optional.of(Bar.printed(new BigDecimal("3.10"))), Optional.of(Bar.of(12.4)))),
            new BarPlot.Series("x", Hue.BLUE, NumberKind.MODELLED,
                    List.of(Optional.of(Bar.of(6.2).withSpread(5, 7)), Optional.empty()))));

    @Test
    void drawsBarsFromZeroInProportionToTheirNumbers() throws Exception {
        List<Element> bars = elements("rect").stream().skip(KEYS).toList();

        assertEquals(List.of("0.5", "0.5", "0.5"), bars.stream().map(bar -> bar.getAttribute("x")).toList());
        List<Double> widths = bars.stream().map(bar -> Double.parseDouble(bar.getAttribute("width"))).toList();
        assertEquals(2, widths.get(1) / widths.get(0), 0.01);
        assertEquals(4, widths.get(2) / widths.get(0), 0.01);
    }

    @Test
    void tellsEveryNumberWithTheDigitsThatWerePrinted() throws Exception {
        List<String> texts = elements("text").stream().map(Element::getTextContent).toList();

        assertTrue(texts.containsAll(List.of("3.10", "6.20", "12.4", "How fast & how < far?")), texts::toString);
        assertEquals("How fast & how < far? (ms) a: x, published 3.10, x, modelled 6.20; b: x, published 12.4.",
                plot.description());
    }

    @Test
    void paintsModelledBarsPaleAndPublishedOnesSolid() throws Exception {
        assertEquals(List.of("blue", "blue pale", "blue", "blue pale", "blue"),
                elements("rect").stream().map(bar -> bar.getAttribute("class")).toList());
    }

    @Test
    void drawsPartsOneAfterTheOtherAndTellsTheirSum() throws Exception {
        BarPlot whole =
                new BarPlot("p", "P", "ms", List.of("a", "b"), List.of(part(Hue.BLUE, 6, 1), part(Hue.GREEN, 3, 1)));
        List<Element> boxes = elements(whole, "rect").stream().skip(KEYS).toList();
        List<Double> starts = boxes.stream().map(box -> Double.parseDouble(box.getAttribute("x"))).toList();
        List<Double> widths = boxes.stream().map(box -> Double.parseDouble(box.getAttribute("width"))).toList();

        assertEquals(starts.get(0) + widths.get(0), starts.get(1), 0.2);
        assertEquals(2, widths.get(0) / widths.get(1), 0.02);
        assertEquals(starts.get(0), starts.get(2));
        List<String> texts = elements(whole, "text").stream().map(Element::getTextContent).toList();
        assertTrue(texts.containsAll(List.of("9.00", "2.00", "6.00", "3.00")), texts::toString);
    }

    private static BarPlot.Series part(Hue hue, double first, double second) {
        return new BarPlot.Series("x", hue, NumberKind.MODELLED, BarPlot.Mark.PART,
                List.of(Optional.of(Bar.of(first)), Optional.of(Bar.of(second))));
    }

    @Test
    void drawsAWhiskerOverTheSpread() throws Exception {
        assertEquals(1, elements("path").stream()
                .filter(path -> path.getAttribute("class").equals("whisker"))
                .count());
    }

    @Test
    void hasColoursForLightAndDarkInOneFile() {
        String file = SvgPlot.file(plot);

        assertTrue(file.contains("prefers-color-scheme: dark"), file);
        for (Hue hue : Hue.values()) {
            assertTrue(file.contains(".plot ." + hue.style() + " {"), hue.style());
        }
    }

    @Test
    void refusesNumbersThatNoBarFromZeroCanShow() {
        assertThrows(UserError.class, () -> Bar.of(-1));
        assertThrows(UserError.class, () -> Bar.of(Double.NaN));
    }

    @Test
    void refusesASeriesThatDoesNotFitTheGroups() {
        assertThrows(IllegalArgumentException.class,
                () -> new BarPlot("p", "P", "ms", List.of("a"), plot.series()));
    }

    private List<Element> elements(String name) throws ParserConfigurationException, IOException, SAXException {
        return elements(plot, name);
    }

    private static List<Element> elements(BarPlot plot, String name)
            throws ParserConfigurationException, IOException, SAXException {
        NodeList nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgPlot.file(plot))))
                .getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }
}
