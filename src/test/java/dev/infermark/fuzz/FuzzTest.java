package dev.infermark.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.cli.Infermark;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.fuzz.Subject.Sign;
import dev.infermark.simulate.Calibrations;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks a file of every kind at random and holds the command line to its laws: one line, a known status, bounded work,
 * no negative and no infinite number, output whole or absent.
 *
 * <p>{@code mvn verify} breaks each file a few times, the same way each time; {@code mvn verify -Pfuzz} goes on for
 * {@code fuzz.seconds}, from {@code fuzz.seed} on, and leaves what breaks a law in {@code target/fuzz}.
 */
class FuzzTest {
    private static final int ROUNDS = 3;
    private static final long SECONDS = Long.getLong("infermark.fuzz.seconds", 0);
    private static final long SEED = Long.getLong("infermark.fuzz.seed", 20_230_420);

    /** Generous beside the two seconds of a whole call, since the test machine has other work too. */
    private static final double MOST_CPU_SECONDS = 10;

    /** What the commands of regression say of few runs. */
    private static final int CANNOT_TELL = 3;

    private static final Set<Integer> KNOWN = Set.of(0, 1, 2, 3, 4);
    /** A whole field after the first, which is a name, and among the last five where others may be names too. */
    private static final Pattern BAD_NUMBER = Pattern.compile("(?<=,)(NaN|-?Infinity|-?∞)(?=,|$)", Pattern.MULTILINE);
    private static final Pattern BAD_COUNT =
            Pattern.compile(",(NaN|-?Infinity|-?∞)(,[^,\\n]*){0,4}$", Pattern.MULTILINE);
    /** In the five last columns, before which come names that may be anything. */
    private static final Pattern NEGATIVE_COUNT = Pattern.compile(",-[\\d.][^,\n]*(,[^,\n]*){0,4}$", Pattern.MULTILINE);
    private static final Pattern NEGATIVE = Pattern.compile("(?<=^|,)-\\d[\\d.]*(E-?\\d+)?(?=,|$)", Pattern.MULTILINE);

    private static final String CONFIG =
            """
            {"architectures":["BertForSequenceClassification"],"model_type":"bert","hidden_size":128,
            "num_hidden_layers":2,"num_attention_heads":2,"intermediate_size":512,"max_position_embeddings":512,
            "vocab_size":30522,"type_vocab_size":2,"hidden_act":"gelu","torch_dtype":"float32","id2label":{"0":"a"}}
            """;

    private static final String HARDWARE =
            """
            {"instances":{"mine":{"extends":"inf2.xlarge","chips":{"value":2,"unit":"count","kind":"documented",
            "source":"x"}}},"priceBooks":{"on-demand":{"basis":"on-demand","region":"us-east-1","prices":[{"instance":
            "mine","date":"2024-01","hourly":{"value":1.5,"unit":"USD/h","kind":"documented","source":"x"}}]}}}
            """;

    private static final String MEASUREMENTS =
            """
            id,device,instance_type,model,run_mode,n_models,workers_per_model,batch_size,sequence_length,model_dtype,\
            throughput,latency_p50_ms,neuron_version,quality,source_file
            a,inf2,inf2.xlarge,bert-base-uncased,data-parallel,2,1,1,128,fp32,2000,1.0,2.18.0,ok,x
            b,inf1,inf1.xlarge,resnet50,data-parallel,4,1,1,,fp32,1000,4,1.19.0,suspect:y,x
            """;

    private static final String HISTORY =
            """
            benchmark,run,value,unit,direction,commit,time
            a.b,1,10.5,us/op,lower,abc,2024-01-01T00:00:00Z
            a.b,2,10.6,us/op,lower,abd,2024-01-02T00:00:00Z
            a.b,3,20.4,us/op,lower,abe,2024-01-03T00:00:00Z
            """;

    private static final String JMH =
            """
            [{"jmhVersion":"1.37","benchmark":"a.B.c","mode":"avgt","threads":1,"forks":3,"jvm":"x",
             "jvmArgs":["-Xmx1g"],
            "jdkVersion":"25","vmName":"OpenJDK","vmVersion":"25","warmupIterations":1,"warmupTime":"1 s",
            "warmupBatchSize":1,"measurementIterations":2,"measurementTime":"1 s","measurementBatchSize":1,
            "params":{"size":"1"},"primaryMetric":{"score":100.0,"scoreError":1,"scoreConfidence":[1,2],
            "scorePercentiles":{"0.0":99},"scoreUnit":"ns/op","rawData":[[100.1,100.2],[99.8,99.9],[100.3,100.0]]},
            "secondaryMetrics":{}}]
            """;

    @TempDir
    private Path folder;

    @Test
    void noBrokenFileBreaksALaw() throws IOException {
        List<Subject> subjects = subjects();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        List<String> broken = new ArrayList<>();
        for (long seed = SEED; seed < SEED + ROUNDS || System.nanoTime() < end; seed++) {
            for (Subject subject : subjects) {
                byte[] bytes = new Mutator(31 * seed + subject.name().hashCode()).mutate(subject.sample());
                try {
                    hold(subject, bytes);
                } catch (AssertionError e) {
                    broken.add(keep(subject, seed, bytes) + ": " + subject + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void noWholeFileIsRefused() throws IOException {
        for (Subject subject : subjects()) {
            StringWriter err = new StringWriter();
            int status = run(subject, subject.sample(), new StringWriter(), err);
            assertTrue(status == 0 || status == CANNOT_TELL, () -> subject + ": " + status + ": " + err);
        }
    }

    private static List<Subject> subjects() throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (String file : List.of("hlo/norm_textbook.hlo", "hlo/scan_layers.hlo", "hlo/slice_of_weights.hlo",
                "tensorflow/one_signature.pb", "tensorflow/fed_in_the_middle.pb")) {
            String suffix = file.substring(file.lastIndexOf('.'));
            byte[] sample = resource("/dev/infermark/reader/" + file);
            subjects.add(new Subject(file, sample, suffix, Sign.NOT_NEGATIVE, "predict", "FILE", "--format", "csv"));
            subjects.add(
                    new Subject(file, sample, suffix, Sign.NO_NEGATIVE_COUNT, "inspect", "FILE", "--format", "csv"));
        }
        subjects.add(new Subject("onnx", OnnxSample.convolution(), ".onnx", Sign.NOT_NEGATIVE,
                "predict", "FILE", "--format", "csv"));
        subjects.add(of("config", CONFIG, ".json", Sign.NOT_NEGATIVE,
                "predict", "FILE", "--sequence-length", "128", "--format", "csv"));
        subjects.add(of("hardware", HARDWARE, ".json", Sign.NOT_NEGATIVE,
                "predict", "resnet50", "--hardware", "FILE", "--instance", "mine", "--format", "csv"));
        subjects.add(of(
                "core",
                text("/dev/infermark/hardware/neuroncore-v2.json").replaceFirst("\"neuroncore-v2\"", "\"k\""),
                ".json", Sign.NOT_NEGATIVE, "hardware", "--hardware", "FILE", "--format", "csv"));
        subjects.add(of("parameters", Calibrations.builtIn().json(), ".json", Sign.NOT_NEGATIVE,
                "predict", "resnet50", "--params", "FILE", "--sdk", "2.9", "--format", "csv"));
        subjects.add(of("intervals", Intervals.builtIn().json(), ".json", Sign.NOT_NEGATIVE,
                "predict", "resnet50", "--intervals", "FILE", "--format", "csv"));
        subjects.add(of("measurements", MEASUREMENTS, ".csv", Sign.ANY,
                "validate", "--measurements", "FILE", "--format", "csv", "--out", "OUT"));
        subjects.add(
                of("history", HISTORY, ".csv", Sign.ANY, "regress", "history", "--file", "FILE", "--format", "csv"));
        subjects.add(of("jmh", JMH, ".json", Sign.ANY,
                "regress", "gate", "--baseline", "BASELINE", "--candidate", "FILE", "--csv", "OUT", "--format", "csv"));
        subjects.add(of("append", JMH, ".json", Sign.ANY,
                "regress", "history", "append", "--run", "1", "--file", "OUT", "--results", "FILE"));
        return subjects;
    }

    private static Subject of(String name, String sample, String suffix, Sign sign, String... arguments) {
        return new Subject(name, sample.getBytes(StandardCharsets.UTF_8), suffix, sign, arguments);
    }

    private void hold(Subject subject, byte[] bytes) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int status = run(subject, bytes, out, err);
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        assertTrue(KNOWN.contains(status), () -> "status " + status + ": " + err);
        assertTrue(seconds < MOST_CPU_SECONDS, () -> seconds + " s");
        assertFalse(err.toString().contains("INFERMARK_MEMORY"), () -> "memory: " + err);
        if (status == 2) {
            assertEquals(1, err.toString().lines().filter(line -> line.startsWith("infermark: ")
                    && !line.startsWith("infermark: note:")).count(), () -> "not one line: " + err);
            assertFalse(err.toString().matches("(?s).*(Exception|\\tat |[\\x00-\\x08\\x1b]).*"), () -> "words: " + err);
        }
        assertWhole(out.toString(), subject.sign());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertFalse(file.toString().endsWith(".part"), () -> "left " + file);
            }
        }
        Path written = folder.resolve("out.csv");
        if (Files.exists(written)) {
            assertWhole(Files.readString(written), Sign.ANY);
        }
    }

    private static void assertWhole(String csv, Sign sign) {
        assertTrue(csv.isEmpty() || csv.endsWith("\n"), () -> "cut: " + csv);
        Pattern bad = sign == Sign.NO_NEGATIVE_COUNT ? BAD_COUNT : BAD_NUMBER;
        assertFalse(bad.matcher(csv).find(), () -> "no number: " + csv);
        boolean isNegative = switch (sign) {
            case ANY -> false;
            case NOT_NEGATIVE -> NEGATIVE.matcher(csv).find();
            case NO_NEGATIVE_COUNT -> NEGATIVE_COUNT.matcher(csv).find();
        };
        assertFalse(isNegative, () -> "negative: " + csv);
    }

    private int run(Subject subject, byte[] bytes, StringWriter out, StringWriter err) throws IOException {
        Path written = folder.resolve("out.csv");
        Files.deleteIfExists(written);
        Path file = Files.write(folder.resolve("broken" + subject.suffix()), bytes);
        Path baseline = Files.writeString(folder.resolve("baseline.json"), JMH.replace("100.1", "100.4"));
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), subject.arguments(file, baseline, written));
    }

    private static Path keep(Subject subject, long seed, byte[] bytes) throws IOException {
        Path kept = Files.createDirectories(Path.of("target/fuzz"));
        String name = subject.name().replaceAll("\\W", "-") + "-" + seed + subject.suffix();
        return Files.write(kept.resolve(name), bytes);
    }

    private static String text(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FuzzTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
