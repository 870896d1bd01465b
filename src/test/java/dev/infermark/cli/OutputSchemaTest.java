package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.infermark.report.table.TableFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands print as JSON is what {@code output.schema.json} describes. */
class OutputSchemaTest {
    private static final int DIGITS = 6;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "predict bert-base-uncased",
                "predict bert-base-uncased --instance inf1.xlarge,inf2.xlarge",
                "predict bert-base-uncased --layers",
                "predict llama-3-8b --instance inf2.48xlarge --tp 8 --isl 1024 --osl 256",
                "explain bert-base-uncased",
                "explain bert-base-uncased --part summary",
                "explain bert-base-uncased --part layers",
                "explain bert-base-uncased --part what_if",
                "explain llama-3-8b --instance inf2.48xlarge --tp 8 --isl 1024 --osl 256",
                "load llama-3.2-1b --instance inf2.48xlarge --tp 8 --osl 9 --rate 2/s --requests 99 --goodput ttft:99",
                "fit --model llama-3-8b --instance inf2.48xlarge --tp 8 --isl 1024 --osl 256",
                "plan resnet50 --latency-p99 10ms",
                "plan resnet50 --front",
                "compare inf1.xlarge inf2.xlarge --model resnet50",
                "migrate bert-base-uncased --from inf1.xlarge",
                "inspect bert-tiny",
                "models",
                "hardware",
                "collectives",
                "collectives --published",
                "micro",
                "micro --models",
                "predict bert-base-uncased --nearest",
                "predict llama-3-8b --instance inf2.48xlarge --tp 8 --isl 1024 --osl 256 --nearest",
                "compile-times",
                "predict bert-tiny --mode lazy --lengths src/examples/lengths.txt",
                "compile bert-tiny --out target/bert-tiny.infermark",
                "blog"
            })
    void everyKeyIsDescribedAndNoNumberHasMoreDigitsThanMeanSomething(String line) throws IOException {
        JsonNode output = JsonMapper.shared().readTree(run(line + " --format json"));

        assertEquals(TableFormat.SCHEMA_VERSION, output.required("schema_version").intValue());
        assertEquals(Set.of("schema_version", "rows"), Set.copyOf(output.propertyNames()));
        Set<String> unknown = new TreeSet<>();
        for (JsonNode row : output.required("rows").values()) {
            unknown.addAll(row.propertyNames());
            row.values().stream().filter(JsonNode::isFloatingPointNumber).forEach(OutputSchemaTest::requireFewDigits);
        }
        assertFalse(unknown.isEmpty(), "no row");
        List<String> header = List.of(
                run(line + " --format csv").lines().findFirst().orElseThrow().split(","));
        assertEquals(unknown, new TreeSet<>(header));
        unknown.removeAll(keys(schema()));
        assertEquals(Set.of(), unknown, "keys that output.schema.json does not describe");
    }

    @Test
    void theSchemaIsOfTheVersionThatIsWritten() throws IOException {
        assertEquals(
                TableFormat.SCHEMA_VERSION,
                schema().at("/properties/schema_version/const").intValue());
    }

    private static void requireFewDigits(JsonNode number) {
        String digits = number.toString().replaceFirst("[eE].*", "").replaceAll("[^0-9]", "").replaceFirst("^0+", "");
        assertFalse(digits.length() > DIGITS && Math.abs(number.doubleValue()) < 1e6, number::toString);
    }

    private static Set<String> keys(JsonNode schema) {
        return Set.copyOf(schema.at("/properties/rows/items/properties").propertyNames());
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = TableFormat.class.getResourceAsStream("output.schema.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static String run(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(0, Infermark.run(new PrintWriter(out), new PrintWriter(err), line.split(" ")), err::toString);
        return out.toString();
    }
}
