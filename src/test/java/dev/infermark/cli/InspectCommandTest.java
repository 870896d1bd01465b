package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code infermark inspect} and {@code infermark models} count what the graph holds. */
class InspectCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theRowsAddUpToTheTotal() {
        assertEquals(0, run("inspect", "bert-base-uncased", "--batch", "2", "--format", "json"), err.toString());
        JsonNode rows = JsonMapper.shared().readTree(out.toString()).get("rows");
        JsonNode total = rows.get(rows.size() - 1);
        for (String key : new String[] {"parameters", "flops", "element_operations", "bytes"}) {
            long sum = 0;
            for (int i = 0; i < rows.size() - 1; i++) {
                sum += rows.get(i).get(key).longValue();
            }
            assertEquals(total.get(key).longValue(), sum, key);
        }
        assertEquals(109_482_240L, total.get("parameters").longValue());
    }

    @Test
    void aLookUpMovesItsRowsAndNotTheTable() {
        assertEquals(0, run("inspect", "bert-base-uncased", "--sequence-length", "8", "--format", "json"));
        // 8 ids of 8 bytes; 8 rows of 768 FP32 values, read and written.
        assertEquals(8 * 8 + 2 * 8 * 768 * 4, bytesOf("word_embeddings"));
        assertEquals(0, bytesOf("attention.self.query.view"));
    }

    @Test
    void theHeadIsTakenByItsLabel() {
        assertEquals(0, run("inspect", "bert-tiny", "--head", "masked-lm", "--sequence-length", "4"), err.toString());
        assertTrue(out.toString().contains("fp32[1x4x30522]"));
    }

    @Test
    void anUnknownModelEndsInOneLine() {
        assertEquals(2, run("inspect", "bert-hugely-uncased"));
        assertEquals(1, err.toString().lines().count());
        assertTrue(err.toString().startsWith("infermark: no model \"bert-hugely-uncased\""), err.toString());
    }

    @Test
    void everyBuiltInModelIsListed() {
        assertEquals(0, run("models", "--format", "csv"));
        assertTrue(out.toString().contains("\nresnet50,resnet,25557032,8.17837,"), out.toString());
    }

    private long bytesOf(String name) {
        return JsonMapper.shared().readTree(out.toString()).get("rows").values().stream()
                .filter(row -> row.get("name").stringValue().equals(name))
                .findFirst()
                .orElseThrow()
                .get("bytes")
                .longValue();
    }

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
