package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {
    private static final String RESNET = "explain resnet50 --instance inf1.xlarge --cores 1";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private String run(String line) {
        out.getBuffer().setLength(0);
        assertEquals(0, Infermark.run(new PrintWriter(out), new PrintWriter(err), line.split(" ")), err::toString);
        return out.toString();
    }

    private JsonNode json(String line) {
        return JsonMapper.shared().readTree(run(line + " --format json")).get("rows");
    }

    @Test
    void sharesOfEnginesAndHostSumToTheCall() {
        double share = 0;
        for (JsonNode row : json(RESNET)) {
            share += row.get("share_percent").asDouble();
        }
        // Each of the six shares is written with six digits.
        assertEquals(100, share, 6 * 5e-5);
    }

    @Test
    void layersSumToTheTimeOfTheCore() {
        double sum = 0;
        for (JsonNode row : json(RESNET + " --part layers")) {
            sum += row.get("count").asLong() * row.get("duration_us").asDouble();
        }
        double core = json(RESNET + " --part summary").get(0).get("total_time").asDouble();
        assertEquals(1e6 * core, sum, 1e-5 * sum);
    }

    @Test
    void aChangeHasTheEffectThatAPredictionOfItHas() {
        double one = latency("--batch 1");
        double four = latency("--batch 4");
        for (JsonNode row : json(RESNET + " --part what_if")) {
            if (row.get("change").asString().equals("batch 4")) {
                assertEquals(100 * (four / one - 1), row.get("latency_percent").asDouble(), 0.1);
                return;
            }
        }
        throw new AssertionError("batch 4 was not tried: " + out);
    }

    private double latency(String batch) {
        return json("predict resnet50 --instance inf1.xlarge --cores 1 " + batch)
                .get(0)
                .get("latency_p50_ms")
                .asDouble();
    }

    @Test
    void theTraceIsInTheTraceEventFormatAndItsEnginesSumToTheEstimate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("trace.json");
        JsonNode engines = json(RESNET + " --trace " + file);
        JsonNode trace = JsonMapper.shared().readTree(Files.readString(file));
        assertTrue(trace.get("otherData").get("is_simulation").asBoolean());
        Map<Integer, String> names = new HashMap<>();
        Map<String, Double> exposed = new HashMap<>();
        Map<Integer, Double> ends = new HashMap<>();
        for (JsonNode event : trace.get("traceEvents")) {
            String phase = event.get("ph").asString();
            assertTrue(List.of("X", "M", "C").contains(phase), phase);
            int process = event.get("pid").asInt();
            int thread = event.get("tid").asInt();
            if (phase.equals("M") && event.get("name").asString().equals("thread_name") && process == 1) {
                names.put(thread, event.get("args").get("name").asString());
            }
            if (phase.equals("X") && process == 1) {
                double start = event.get("ts").asDouble();
                double length = event.get("dur").asDouble();
                assertTrue(start >= ends.getOrDefault(thread, 0.0) - 1e-6, "spans of an engine overlap");
                ends.put(thread, start + length);
                if (event.get("args").get("kind").asString().equals("exposed")) {
                    exposed.merge(names.getOrDefault(thread, "?"), length, Double::sum);
                }
            }
        }
        for (JsonNode row : engines) {
            String name = row.get("resource").asString();
            if (!name.equals("host")) {
                // The table has six digits.
                double six = row.get("exposed_us").asDouble();
                assertEquals(six, exposed.getOrDefault(name, 0.0), Math.max(1e-3, 5e-6 * six), name);
            }
        }
        double whole = exposed.values().stream().mapToDouble(Double::doubleValue).sum();
        assertEquals(trace.get("otherData").get("core_us").asDouble(), whole, 1e-3);
    }

    @Test
    void textGenerationIsExplainedByCause() {
        String text = run("explain llama-3-8b --instance inf2.48xlarge --tp 8 --isl 128 --osl 128 --format csv");
        assertTrue(text.startsWith("cause,ttft_ms"), text);
        assertTrue(text.contains("\ncollectives,"), text);
    }

    @Test
    void theTraceOfTextGenerationSumsToItsTokensOnEachCore(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("trace.json");
        run("explain llama-3-8b --instance inf2.48xlarge --tp 8 --isl 128 --osl 128 --trace " + file);
        JsonNode trace = JsonMapper.shared().readTree(Files.readString(file));
        assertTrue(trace.get("otherData").get("is_simulation").asBoolean());
        double[] ofCores = new double[8];
        double ofHost = 0;
        for (JsonNode event : trace.get("traceEvents")) {
            if (event.get("ph").asString().equals("X")) {
                if (event.get("pid").asInt() == 0) {
                    ofHost += event.get("dur").asDouble();
                } else {
                    ofCores[(event.get("tid").asInt() - 1) / 5] += event.get("dur").asDouble();
                }
            }
        }
        double tokens = trace.get("otherData").get("ttft_us").asDouble()
                + trace.get("otherData").get("tpot_us").asDouble();
        for (double core : ofCores) {
            assertEquals(tokens, core + ofHost, 1e-3);
        }
    }

    @Test
    void theTraceCountsWhatOnChipAndDeviceMemoryDo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("trace.json");
        run(RESNET + " --trace " + file);
        Map<String, Double> most = new HashMap<>();
        for (JsonNode event : JsonMapper.shared().readTree(Files.readString(file)).get("traceEvents")) {
            if (event.get("ph").asString().equals("C")) {
                most.merge(event.get("name").asString(), event.get("args").get("value").asDouble(), Math::max);
            }
        }
        double sbuf = most.getOrDefault("SBUF in use, MiB", 0.0);
        assertTrue(sbuf > 1 && sbuf <= 24, () -> "SBUF " + sbuf);
        double memory = most.getOrDefault("device memory, GB/s", 0.0);
        assertTrue(memory > 1 && memory < 50, () -> "device memory " + memory);
    }

    @Test
    void noLayerAndNoEngineIsAboveItsRoof() {
        for (String question : List.of(RESNET, "explain bert-base-uncased --batch 8", "explain unet")) {
            for (JsonNode row : json(question + " --part roofline")) {
                assertTrue(row.get("roof_percent").asDouble() <= 100, row::toString);
            }
        }
    }

    @Test
    void thePageHoldsPicturesAndTablesAndNeedsNothingBesideIt(@TempDir Path folder) throws Exception {
        for (String question : List.of(
                RESNET, "explain llama-3-8b --instance inf2.48xlarge --tp 8 --isl 128 --osl 128")) {
            Path file = folder.resolve("explain.html");
            run(question + " --html " + file);
            String page = Files.readString(file);
            assertTrue(page.contains("<svg") && page.contains("What a change would bring"), page);
            assertTrue(!page.contains("href=") && !page.contains("src="), "the page needs other files");
            assertTrue(!page.replace("http://www.w3.org/2000/svg", "").contains("http"), "the page needs the network");
        }
    }
}
