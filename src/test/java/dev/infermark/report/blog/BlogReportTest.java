package dev.infermark.report.blog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.blog.HeldOutBlog;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BlogReportTest {
    /** What six significant digits in a file leave of the relation of two or three numbers. */
    private static final double DIGITS = 1.5e-5;
    private static final List<HeldOutBlog.Answer> ANSWERS =
            HeldOutBlog.take(Catalog.builtIn(), Quoter.builtIn());

    @Test
    void hasOneLineForEveryWorkloadAndDevice() {
        List<String> lines = TableFormat.CSV.write(BlogReport.table(ANSWERS)).lines().toList();

        assertEquals(9, lines.size());
        assertTrue(lines.get(1).startsWith("electra-large-discriminator,1,256,inf1,inf1.xlarge,35.7,"), lines.get(1));
        assertTrue(lines.get(8).startsWith("bert-large-uncased,10,128,inf2,inf2.xlarge,23.6,"), lines.get(8));
    }

    @Test
    void computesThePublishedCostsFromPublishedLatenciesExactlyAsPrinted() {
        assertEquals(
                List.of(
                        "0.0000023", "0.0000018", "0.0000022", "0.0000015", "0.0000018", "0.0000007", "0.0000008",
                        "0.0000005"),
                column("published_cost_per_inference_usd"));
    }

    @Test
    void countsSequencesAsCallsTimesBatch() {
        assertEquals(
                List.of("28.01", "120.34", "29.10", "137.20", "35.46", "322.58", "82.60", "423.70"),
                column("derived_sequences_per_s"));
    }

    @Test
    void putsTheModelledLatencyInsideItsIntervalByTheSameFactorOnEitherSide() {
        for (JsonNode row : rows()) {
            double latency = row.required("modelled_latency_ms").doubleValue();
            double lower = row.required("modelled_latency_lower_ms").doubleValue();
            double upper = row.required("modelled_latency_upper_ms").doubleValue();
            assertTrue(lower < latency && latency < upper, row::toString);
            assertEquals(latency * latency, lower * upper, DIGITS * latency * latency);
        }
    }

    @Test
    void relatesModelledNumbersToTheModelledLatency() {
        for (JsonNode row : rows()) {
            double seconds = row.required("modelled_latency_ms").doubleValue() / 1e3;
            double batch = row.required("batch_size").doubleValue();
            double calls = row.required("modelled_calls_per_s").doubleValue();
            assertEquals(1 / seconds, calls, DIGITS / seconds);
            assertEquals(batch * calls, row.required("modelled_sequences_per_s").doubleValue(), DIGITS * batch * calls);
            double dollarsPerHour = row.required("device").asString().equals("inf1") ? 0.228 : 0.7582;
            assertEquals(
                    dollarsPerHour / 3600 * seconds / batch,
                    row.required("modelled_cost_per_inference_usd").doubleValue(),
                    0.5e-9);
        }
    }

    @Test
    void dividesInf1LatencyByThatOfInf2OfTheSameWorkload() {
        List<JsonNode> rows = rows();
        for (int i = 0; i < rows.size(); i += 2) {
            double ratio = rows.get(i).required("modelled_latency_ms").doubleValue()
                    / rows.get(i + 1).required("modelled_latency_ms").doubleValue();
            assertEquals(ratio, rows.get(i).required("modelled_improvement").doubleValue(), DIGITS * ratio);
            assertEquals(ratio, rows.get(i + 1).required("modelled_improvement").doubleValue(), DIGITS * ratio);
        }
        assertEquals(List.of("4.30", "4.30", "4.71", "4.71", "9.10", "9.10", "5.13", "5.13"),
                column("published_improvement"));
    }

    @Test
    void saysTheMeanOfTheAbsoluteErrors() {
        double mean = rows().stream()
                .mapToDouble(row -> Math.abs(row.required("error_percent").doubleValue()))
                .average()
                .orElseThrow();

        assertEquals(
                String.format(java.util.Locale.ROOT, "Mean absolute error of the 8 modelled latencies: %.1f %%", mean),
                BlogReport.verdict(ANSWERS));
    }

    @Test
    void fitsTerminalsOf160Columns() {
        Stream.of(BlogReport.latency(ANSWERS), BlogReport.throughputAndCost(ANSWERS), BlogReport.improvement(ANSWERS))
                .flatMap(table -> TableFormat.TABLE.write(table).lines())
                .forEach(line -> assertTrue(line.length() <= 160, line));
    }

    private static List<JsonNode> rows() {
        return JsonMapper.shared()
                .readTree(TableFormat.JSON.write(BlogReport.table(ANSWERS)))
                .get("rows")
                .valueStream()
                .toList();
    }

    /** The cells of a column as CSV has them. */
    private static List<String> column(String key) {
        List<String[]> lines = TableFormat.CSV.write(BlogReport.table(ANSWERS)).lines()
                .map(line -> line.split(","))
                .toList();
        int index = List.of(lines.getFirst()).indexOf(key);
        return lines.stream().skip(1).map(line -> line[index]).toList();
    }
}
