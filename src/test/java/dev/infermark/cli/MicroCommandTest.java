package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code infermark micro} shows published and modelled times of kernels side by side. */
class MicroCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theErrorFollowsFromThePublishedAndTheModelledTime() {
        assertEquals(0, run("micro", "--format", "json"), err.toString());
        for (JsonNode row : JsonMapper.shared().readTree(out.toString()).get("rows").values()) {
            if (row.get("modelled_us").isNumber()) {
                double published = row.get("published_us").doubleValue();
                double modelled = row.get("modelled_us").doubleValue();
                assertEquals(
                        100 * (modelled - published) / published, row.get("error_percent").doubleValue(), 1e-3);
                assertEquals("", row.get("refused_because").stringValue());
            } else {
                assertEquals("refused", row.get("modelled_us").stringValue());
                assertFalse(row.get("refused_because").stringValue().isEmpty());
            }
        }
    }

    @Test
    void theTableForPeopleEndsWithTheMeanAndTheWorst() {
        assertEquals(0, run("micro"), err.toString());
        assertTrue(
                out.toString().matches(
                        "(?s).*\n\n27 predicted, mean error \\d+\\.\\d %, worst \\d+\\.\\d %; 15 refused\n"),
                out.toString());
    }

    @Test
    void filesHoldTheTableAlone() {
        assertEquals(0, run("micro", "--format", "csv"), err.toString());
        assertTrue(out.toString().startsWith("kernel,published_us,modelled_us,error_percent,bound_by,source,"));
        assertEquals(43, out.toString().lines().count());
    }

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
