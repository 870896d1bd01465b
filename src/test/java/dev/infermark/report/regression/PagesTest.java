package dev.infermark.report.regression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.jmh.Direction;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.history.SeriesReport;
import dev.infermark.regress.history.ToldLog;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.select.Comparison;
import dev.infermark.regress.verdict.Gate;
import dev.infermark.regress.verdict.GateRule;
import dev.infermark.regress.verdict.Judgement;
import dev.infermark.report.table.Table;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PagesTest {
    private static final List<Double> BASE = List.of(100.0, 101.0, 99.0, 100.5, 99.5);

    private static List<Judgement> judgements(int count) {
        return Gate.judge(
                IntStream.range(0, count)
                        .mapToObj(i -> new Comparison(
                                "a.B.m<" + i + ">\u0001", "ns/op", Direction.LOWER, BASE, switch (i % 3) {
                                    case 0 -> BASE.stream().map(v -> v * 1.2).toList();
                                    case 1 -> List.of(50.0, 200.0, 90.0);
                                    default -> BASE;
                                }))
                        .toList(),
                GateRule.DEFAULT);
    }

    @Test
    void pagesFitWhereTheyAreShownAndCountWhatIsLeftOut() {
        Table table = GateTables.forPeople(judgements(12_000));

        String comment = MarkdownPage.COMMENT.write("Title", "line", table);
        String summary = MarkdownPage.SUMMARY.write("Title", "line", table);

        assertTrue(comment.length() <= 65_536 && comment.length() > 60_000, () -> comment.length() + " characters");
        assertTrue(summary.getBytes(StandardCharsets.UTF_8).length <= 1 << 20);
        assertTrue(comment.contains("more rows do not fit here"));
        assertTrue(comment.contains("REGRESSED") && !comment.contains("unchanged"), "what matters comes first");
    }

    @Test
    void titleAndLineOfAPageHoldNoMarkup() {
        String page = MarkdownPage.COMMENT.write(
                "T <b>", "not compared: a.B.<img>\u001b @team", GateTables.forPeople(List.of()));

        assertTrue(page.startsWith("### T &lt;b&gt;\n\nnot compared: a.B.&lt;img&gt;\\\\x1b @<!-- -->team"), page);
    }

    @Test
    void neitherRegressedNorInconclusivePassesInJUnitXml() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JUnitXml.gate(judgements(3)).getBytes(StandardCharsets.UTF_8)));

        Element suite = xml.getDocumentElement();
        assertEquals("3", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        assertEquals("1", suite.getAttribute("errors"));
        assertEquals("a.B.m<0>?", ((Element) xml.getElementsByTagName("testcase").item(0)).getAttribute("name"));
    }

    @Test
    void runsStandAtTheirOwnNumbersWhereAllHaveOne() {
        assertArrayEquals(new double[] {0, 5, 20}, HistoryPlot.places(runs("0", "5", "20")));
        assertArrayEquals(new double[] {1, 2, 3}, HistoryPlot.places(runs("0", "5", "v20")));
    }

    private static List<Series.Run> runs(String... labels) {
        return Stream.of(labels)
                .map(label -> new Series.Run(label, "", Optional.empty(), 1))
                .toList();
    }

    @Test
    void drawsTheSamePictureOfAHistoryAgain() throws Exception {
        Series series = new Series(
                "a.B.c",
                "ns/op",
                Direction.LOWER,
                IntStream.range(0, 60)
                        .mapToObj(i -> new Series.Run("r" + i, "", Optional.empty(), (i < 30 ? 100 : 110) + i * 7 % 5))
                        .toList());
        SeriesReport report = SeriesReport.of(series, new ChangePointDetector(1));

        byte[] png = HistoryPlot.png(report);

        assertEquals(1, report.changes().size());
        assertEquals(1100, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
        assertArrayEquals(png, HistoryPlot.png(report));
    }

    @Test
    void thePageOfHistoriesHoldsNoMarkupOfTheirNames() {
        String evil = "a<b>\"x\" onclick='y'";
        Series series = new Series(
                evil,
                "<u>",
                Direction.LOWER,
                IntStream.range(0, 60)
                        .mapToObj(i -> new Series.Run(
                                "<r" + i + ">", "\"><i>" + i, Optional.empty(), (i < 30 ? 100 : 110) + i * 7 % 5))
                        .toList());
        ToldLog.Withdrawn withdrawn = new ToldLog.Withdrawn(
                "<at>", new ToldLog.Told("<told>", new ToldLog.Finding(evil, "change", "<r3>", "", 0.1)), "<reason>");
        SeriesReport report = SeriesReport.of(series, new ChangePointDetector(1));

        String page = HistoryPage.write(
                List.of(new SeriesReport(series, report.changes(), report.episodes(), List.of(withdrawn))),
                "https://example.org/?a=1&b=");

        assertTrue(page.contains("withdrawn at run &lt;at&gt;: change of +10.0 % at run &lt;r3&gt;, told at"), page);
        for (String markup : List.of("<b>", "<u>", "<r", "<i>", "<at>", "<told>", "<reason>", "\"x\"")) {
            assertFalse(page.contains(markup), markup);
        }
    }
}
