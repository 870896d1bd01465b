package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void printsLatencyThroughputCostSharesAndMemory() {
        assertEquals(0, run("--model bert-large-uncased --instance inf2.xlarge --batch 1 --sequence-length 128"));
        Stream.of("Latency p50, ms (modelled)", "Throughput", "Cost per inference", "TensorE busy", "memory")
                .forEach(quantity -> assertTrue(out.toString().contains(quantity), () -> quantity + " in\n" + out));
        assertEquals("", err.toString());
    }

    @Test
    void writesOneRowOfCsv() {
        assertEquals(0, run("--model bert-large-uncased --sequence-length 128 --format csv"));
        assertEquals(2, out.toString().lines().count());
        assertTrue(out.toString().startsWith("model_name,inputs,"));
    }

    @Test
    void namesTheNearestMeasurementForPeopleAndOnRequestInFiles() {
        String asked = "bert-large-uncased --instance inf2.xlarge --batch 8 --sdk 2.16";
        assertEquals(0, run(asked));
        assertTrue(
                out.toString()
                        .contains(
                                """
                                nearest measured: bert-large-uncased
                                  inf2.xlarge, 128 tokens, batch 8, SDK 2.16
                                  17.43 ms, 957.2 inf/s published;\s"""),
                out::toString);
        assertTrue(out.toString().contains("\n  measured: model, batch, length, sdk, instance\n"));
        out.getBuffer().setLength(0);
        assertEquals(0, run(asked + " --nearest --format csv"));
        assertTrue(out.toString().lines().findFirst().orElseThrow().endsWith(
                ",nearest_id,nearest_latency_ms,nearest_modelled_latency_ms,nearest_throughput_per_s,"
                        + "nearest_modelled_throughput_per_s,model_position,batch_position,length_position,"
                        + "sdk_position,instance_position"));
    }

    @Test
    void readsAConfigFile() throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                """
                {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": 1000, "hidden_size": 64,
                 "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 256,
                 "max_position_embeddings": 128, "type_vocab_size": 2, "hidden_act": "gelu"}
                """);
        assertEquals(0, run("--model " + config + " --sequence-length 128"), err::toString);
    }

    @Test
    void saysWhatBoundsEachLayer() {
        assertEquals(0, run("--model bert-base-uncased --layers --format csv"));
        assertEquals(1 + 14, out.toString().lines().count());
    }

    @Test
    void showsPeopleEqualLayersOnce() {
        assertEquals(0, run("--model bert-base-uncased --layers"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(2 + 1 + 2 + 3, lines.size(), out::toString);
        assertTrue(lines.get(6).startsWith("12 like encoder.layer.0 "), out::toString);
    }

    @Test
    void layersOfSharedNetworksSumToTheCoresAndTheirExchanges() {
        String asked = "bert-base-uncased --instance inf2.8xlarge --tensor-parallel 2";
        assertEquals(0, run(asked + " --layers --format csv"));
        List<String[]> rows = out.toString().lines().map(line -> line.split(",", -1)).toList();
        assertEquals(1 + 14 + 12, rows.size());
        double sum = rows.stream().skip(1).mapToDouble(row -> Double.parseDouble(row[2])).sum();
        String[] last = rows.getLast();
        assertEquals(sum, Double.parseDouble(last[1]) + Double.parseDouble(last[2]), 0.1);
        assertEquals("encoder.layer.11 exchanges", rows.get(rows.size() - 2)[0]);
        out.getBuffer().setLength(0);
        assertEquals(0, run(asked + " --format csv"));
        List<String[]> summary = out.toString().lines().map(line -> line.split(",", -1)).toList();
        List<String> names = List.of(summary.getFirst());
        int shift = summary.getLast().length - names.size();
        double core = Double.parseDouble(summary.getLast()[names.indexOf("core_ms") + shift]);
        double exchanges = Double.parseDouble(summary.getLast()[names.indexOf("exchange_ms") + shift]);
        assertEquals(sum, 1e3 * (core + exchanges), 0.1);
        out.getBuffer().setLength(0);
        assertEquals(0, run(asked + " --layers"));
        assertTrue(out.toString().contains("\n12 like encoder.layer.0 exchanges "), out::toString);
    }

    @Test
    void comparesInstancesAndSaysWhichDifferenceIsNoise() {
        assertEquals(0, run("--model bert-base-uncased --cores 2 --instance inf1.xlarge,inf2.xlarge,inf2.8xlarge"));
        String[] lines = out.toString().lines().skip(1).toArray(String[]::new);
        assertTrue(lines[1].startsWith("inf2.") && lines[1].endsWith("fastest"), out::toString);
        assertTrue(lines[2].startsWith("inf2.") && lines[2].endsWith("within noise"), out::toString);
        assertTrue(lines[3].startsWith("inf1.xlarge") && lines[3].endsWith("slower"), out::toString);
    }

    @Test
    void beginsWithTwoLinesOfAnswerAndFourOfTheNearestMeasurement() {
        assertEquals(0, run("bert-large-uncased --instance inf2.xlarge --sequence-length 128"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).matches("[0-9.]+ ms \\(90 %: .* inferences/s, .* per million"), out::toString);
        assertTrue(lines.get(1).startsWith("bert-large-uncased, batch 1, on inf2.xlarge at $0.758/h"), out::toString);
        assertTrue(lines.get(2).startsWith("nearest measured: "), out::toString);
        assertEquals("", lines.get(6));
        assertTrue(lines.stream().limit(6).allMatch(line -> line.length() <= 80), out::toString);
    }

    @Test
    void theLayersOfSeveralInstancesAreNamedByThem() {
        assertEquals(0, run("bert-base-uncased --layers --format csv --instance inf1.xlarge,inf2.xlarge"));
        assertEquals(1, out.toString().lines().filter(line -> line.startsWith("instance_type,layer,")).count());
        assertTrue(out.toString().contains("\ninf1.xlarge,") && out.toString().contains("\ninf2.xlarge,"));
    }

    @Test
    void theNewestReleaseSaysWhatItsFiguresStandOn() {
        assertEquals(0, run("bert-base-uncased"));
        assertTrue(out.toString().contains("2.27, data of 2025-12"), out::toString);
    }

    @Test
    void theExamplesOfReadmeAreThere() {
        assertEquals(0, run("src/examples/config.json --instance inf1.xlarge --batch 6 --layers"), err::toString);
        assertEquals(0, run("src/examples/digits-mlp.onnx --dim batch=4 --format json"), err::toString);
    }

    @Test
    void anOlderReleaseIsSlower() {
        assertTrue(latency("--sdk 2.9") > latency("--sdk 2.20"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --model bert-gigantic                                    | bert-gigantic
                    --model bert-base-uncased --instance inf9.xlarge         | inf9.xlarge
                    --model bert-base-uncased --price-basis free             | free
                    --model bert-base-uncased --batch 0                      | batch
                    --model bert-base-uncased --batch -1                     | batch
                    --model bert-base-uncased --batch many                   | --batch
                    --model bert-base-uncased --sequence-length 513          | 512
                    --model bert-base-uncased --instance inf1.xlarge --auto-cast none | fp32
                    --model bert-base-uncased --data-type int3               | --data-type
                    --model bert-base-uncased --cores 3                      | inf2.xlarge has 2
                    --model bert-base-uncased --workers 0                    | workers
                    --model bert-base-uncased --sdk old                      | 'old'
                    --model absent/config.json                               | absent/config.json
                    --model bert-base-uncased --hardware absent.json         | absent.json
                    --model bert-base-uncased --sdk 2.99                     | 2.29, 2.30
                    --model bert-base-uncased --sdk 2.30                     | no longer supports
                    --model bert-base-uncased --sdk 2.29 --instance inf1.xlarge | last release is 2.28
                    --model bert-base-uncased --instance ,                   | --instance
                    bert-base-uncased --model bert-large-uncased             | two models
                    --instance inf2.xlarge                                   | --model
                    --model bert-base-uncased --colour red                   | --colour
                    """)
    void answersBadInputWithOneLineThatNamesIt(String options, String named) {
        assertEquals(2, run(options));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("infermark: ") && err.toString().contains(named), err::toString);
    }

    @Test
    void answersABrokenConfigWithOneLineThatNamesTheFile() throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, "{\"model_type\": \"bert\", ");
        assertEquals(2, run("--model " + config));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("config.json"), err::toString);
    }

    private double latency(String options) {
        out.getBuffer().setLength(0);
        assertEquals(0, run("--model bert-base-uncased --format csv " + options));
        String[] lines = out.toString().split("\n", -1);
        int column = java.util.List.of(lines[0].split(",", -1)).indexOf("latency_p50_ms");
        return Double.parseDouble(lines[1].split(",", -1)[column]);
    }

    private int run(String options) {
        String[] arguments = Stream.concat(Stream.of("predict"), Stream.of(options.strip().split("\\s+", -1)))
                .toArray(String[]::new);
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
