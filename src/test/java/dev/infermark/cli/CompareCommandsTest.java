package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.Cost;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.PriceBook;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int status(String line) {
        out.getBuffer().setLength(0);
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), line.split(" "));
    }

    private String run(String line) {
        assertEquals(0, status(line), err::toString);
        return out.toString();
    }

    @Test
    void theTermsMakeTheWholeDifference() {
        double parts = 0;
        for (JsonNode row : JsonMapper.shared()
                .readTree(run("compare inf1.xlarge inf2.xlarge --model resnet50 --format json"))
                .get("rows")) {
            parts += row.get("part_percent").isNumber() ? row.get("part_percent").asDouble() : 0;
        }
        assertEquals(100, parts, 1e-3);
    }

    @Test
    void modelsAndReleasesAreComparedToo() {
        assertTrue(run("compare resnet50 distilbert-base-uncased --format csv").contains("latency p50"));
        assertTrue(run("compare 2.9 2.20 --model distilbert-base-uncased --format csv").contains("latency p50"));
    }

    @Test
    void thingsOfDifferentKindsAreRefused() {
        assertEquals(2, status("compare inf1.xlarge 2.9 --model resnet50"));
        assertTrue(err.toString().contains("not of one kind"), err.toString());
    }

    @Test
    void aSavedAnswerThatNoAnswerCanBeIsRefused() throws Exception {
        Path sound = Files.writeString(folder.resolve("a.json"), "{\"latency_p50_ms\": 1}");
        Path huge = Files.writeString(folder.resolve("b.json"), "{\"latency_p50_ms\": 1e999}");
        assertEquals(2, status("compare " + sound + " " + huge));
        assertTrue(err.toString().contains("b.json: latency_p50_ms is larger than any answer"), err.toString());
    }

    @Test
    void savedAnswersAreComparedNumberByNumber() throws Exception {
        Path before = folder.resolve("before.json");
        Path after = folder.resolve("after.json");
        Files.writeString(before, run("predict resnet50 --batch 1 --format json"));
        Files.writeString(after, run("predict resnet50 --batch 4 --format json"));
        String text = run("compare " + before + " " + after + " --format csv");
        assertTrue(text.lines().anyMatch(line -> line.startsWith("batch_size,1,4,300")), text);
    }

    @Test
    void migrationTellsWhetherTheOldInstanceStaysCheaper() {
        JsonNode goals = JsonMapper.shared()
                .readTree(run("migrate bert-base-uncased --from inf1.xlarge --format json"))
                .get("rows");
        assertTrue(goals.get(0).get("verdict").asString().startsWith("inf2.xlarge is better"));
        for (JsonNode goal : goals) {
            if (goal.get("goal").asString().contains("ri-effective")) {
                assertTrue(goal.get("times_better").asDouble() < 1, goal.toString());
                return;
            }
        }
        throw new AssertionError("no reserved price: " + goals);
    }

    @Test
    void onPublishedThroughputsAndReservedPricesInf1IsCheaperPerMillion() {
        PriceBook book = Catalog.builtIn().priceBook("ri-effective");
        double inf1 = new Cost("ri-effective", book.price("inf1.xlarge").dollarsPerHour(), 1180.7).perMillion();
        double inf2 = new Cost("ri-effective", book.price("inf2.xlarge").dollarsPerHour(), 2674).perMillion();
        assertEquals(0.11 / 3600 / 1180.7 * 1e6, inf1, 1e-12);
        assertTrue(inf1 < inf2, inf1 + " and " + inf2);
    }

    @Test
    void neuronPerfHasTheSameCellsOfSeveralInstancesAsOfOne() {
        List<String> one = run("predict resnet50 --format neuronperf").lines().toList();
        List<String> two = run("predict resnet50 --instance inf1.xlarge,inf2.xlarge --format neuronperf")
                .lines().toList();
        assertEquals(3, two.size());
        assertEquals(one.getLast(), two.get(1), "the faster one is first");
        String pipeline = run("predict resnet50 --instance inf1.xlarge --pipeline-cores 4 --format neuronperf");
        String[] fields = pipeline.lines().toList().getLast().split(",", -1);
        assertEquals("1", fields[1], "copies");
        assertEquals("4", fields[3], "cores of the pipeline");
    }

    @Test
    void neuronPerfHasItsColumnsAndNoGuesses() {
        List<String> lines = run("predict resnet50 --format neuronperf").lines().toList();
        assertEquals(2, lines.size());
        assertEquals(26, lines.getFirst().split(",", -1).length);
        String[] fields = lines.getLast().split(",", -1);
        assertEquals(26, fields.length);
        assertEquals("N/A", fields[13]);
        assertEquals("inf2.xlarge", fields[24]);
        assertEquals(2, status("models --format neuronperf"));
    }
}
