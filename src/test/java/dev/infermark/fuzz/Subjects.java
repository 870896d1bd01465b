package dev.infermark.fuzz;

import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.fuzz.Subject.Sign;
import dev.infermark.jmh.Provenance;
import dev.infermark.simulate.Calibrations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A small whole file of every kind that commands read, and the commands. */
final class Subjects {
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

    private static final String DECODER =
            """
            {"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":512,"intermediate_size":1376,
            "num_hidden_layers":2,"num_attention_heads":8,"num_key_value_heads":8,"vocab_size":32000,
            "max_position_embeddings":2048,"rms_norm_eps":1e-5,"torch_dtype":"bfloat16"}
            """;

    private static final String PROVENANCE = Arrays.stream(Provenance.Fact.values())
            .map(fact -> fact.key() + "," + (fact == Provenance.Fact.DATE ? "2026-11-29T18:25:22Z" : "5"))
            .collect(Collectors.joining("\n", "key,value\n", "\n"));

    private static final String GOLDEN =
            """
            model_name,batch_size,sequence_length,device,published_latency_ms,modelled_latency_ms,model_version
            bert,1,128,inf1,35.7,31.2,0.1.0
            bert,1,128,inf2,8.31,7.2,0.1.0
            """;

    private static final String KERNELS =
            """
            benchmark,operation,implementation,type,shape,mode,unit,forks,median,min,max,spread,limit,share_of_limit,\
            alloc_bytes_per_op,kind,fork_medians
            dev.infermark.bench.VectorEngineBenchmark.Rows.add,add,simd,fp32,128x1024,avgt,us/op,5,11.7,11.5,12.3,0.07,\
            17.3,1.47,0.3,measured,12.3 11.6 11.5 11.8 11.7
            dev.infermark.bench.VectorEngineBenchmark.Rows.axpy,axpy,simd,fp32,128x1024,avgt,us/op,5,12.2,12.2,12.4,\
            0.01,17.3,1.40,0.3,measured,12.4 12.2 12.3 12.2 12.2
            """;

    private static final String OTAVA =
            """
            time,commit,size,latency
            2024-01-01 00:00:00 +0000,abc,10.5,3
            2024-01-02 00:00:00 +0000,abd,10.6,4
            """;

    private static final String DATA_JS =
            """
            window.BENCHMARK_DATA = {"lastUpdate":1,"repoUrl":"x","entries":{"Suite":[{"commit":{"id":"abc"},"date":
            1704067200000,"tool":"jmh","benches":[{"name":"a.b","value":10.5,"unit":"ns/op","extra":"x"}]}]}}
            """;

    private static final String PRICES =
            """
            instance,date,usd_per_hour,basis,region
            inf1.xlarge,2024-01,0.228,on-demand,eu-west-1
            inf2.xlarge,2024-01,0.758,on-demand,eu-west-1
            """;

    private static final String GRID =
            """
            {"model_name":["resnet50"],"instance_type":["inf1.xlarge","inf2.xlarge"],"batch_size":{"from":1,"to":3}}
            """;

    private static final String LENGTHS = "# tokens\n17\n128\n40\n256\n";

    private static final String ARRIVALS = "# seconds\n0.0009\n0.0035\n0.0051\n0.0060\n";

    private static final String ANSWER =
            """
            {"schema_version":1,"rows":[{"model_name":"a","latency_p50_ms":1.5,"throughput_per_s":600.5}]}
            """;

    /** Whole files that commands read beside the broken one. */
    static final Map<String, String> BESIDE = Map.of(
            "baseline.json", JMH.replace("100.1", "100.4"),
            "answer.json", ANSWER.replace("1.5", "2.5"),
            "predictions.csv", GOLDEN,
            "run/kernels.csv", KERNELS,
            "run/provenance.csv", PROVENANCE);

    private Subjects() {}

    static List<Subject> all() throws IOException {
        List<Subject> subjects = new ArrayList<>();
        addModels(subjects);
        addCompiled(subjects);
        addFigures(subjects);
        addRuns(subjects);
        addQuestions(subjects);
        return subjects;
    }

    private static void addModels(List<Subject> subjects) throws IOException {
        for (String model : List.of("hlo/norm_textbook.hlo", "hlo/scan_layers.hlo", "hlo/slice_of_weights.hlo",
                "tensorflow/one_signature.pb", "tensorflow/fed_in_the_middle.pb")) {
            String file = model.replace('/', '.');
            byte[] sample = resource("/dev/infermark/reader/" + model);
            subjects.add(new Subject(model, sample, file, Sign.NOT_NEGATIVE,
                    "predict", "@" + file, "--format", "csv"));
            subjects.add(new Subject(model, sample, file, Sign.NOT_NEGATIVE,
                    "inspect", "@" + file, "--format", "csv"));
        }
        subjects.add(new Subject("onnx", OnnxSample.convolution(), "m.onnx", Sign.NOT_NEGATIVE,
                "predict", "@m.onnx", "--format", "csv"));
        subjects.add(of("config", CONFIG, "config.json", Sign.NOT_NEGATIVE,
                "predict", "@config.json", "--sequence-length", "128", "--format", "csv"));
        subjects.add(of("decoder", DECODER, "config.json", Sign.NOT_NEGATIVE,
                "predict", "@config.json", "--instance", "inf2.48xlarge", "--output-length", "8", "--format", "csv"));
    }

    private static void addCompiled(List<Subject> subjects) throws IOException {
        String[] predict = {"predict", "--compiled", "@c.zip", "--format", "csv"};
        CompiledSample sample = CompiledSample.create();
        subjects.add(new Subject("compiled", sample.whole(), "c.zip", Sign.NOT_NEGATIVE, predict));
        subjects.add(new Subject(
                "manifest", sample.manifest(), sample::withManifest, "c.zip", Sign.NOT_NEGATIVE, predict));
        subjects.add(new Subject(
                "program", sample.program(), sample::withProgram, "c.zip", Sign.NOT_NEGATIVE, predict));
    }

    private static void addFigures(List<Subject> subjects) throws IOException {
        subjects.add(of("hardware", HARDWARE, "h.json", Sign.NOT_NEGATIVE,
                "predict", "resnet50", "--hardware", "@h.json", "--instance", "mine", "--format", "csv"));
        subjects.add(of(
                "core",
                text("/dev/infermark/hardware/neuroncore-v2.json").replaceFirst("\"neuroncore-v2\"", "\"k\""),
                "h.json", Sign.NOT_NEGATIVE, "hardware", "--hardware", "@h.json", "--format", "csv"));
        subjects.add(of("parameters", Calibrations.builtIn().json(), "p.json", Sign.NOT_NEGATIVE,
                "predict", "resnet50", "--params", "@p.json", "--sdk", "2.9", "--format", "csv"));
        subjects.add(of("intervals", Intervals.builtIn().json(), "i.json", Sign.NOT_NEGATIVE,
                "predict", "resnet50", "--intervals", "@i.json", "--format", "csv"));
        subjects.add(of("prices", PRICES, "prices.csv", Sign.ANY,
                "compare", "inf1.xlarge", "inf2.xlarge", "--model", "resnet50", "--prices", "@prices.csv",
                "--format", "csv"));
        subjects.add(of("measurements", MEASUREMENTS, "m.csv", Sign.ANY,
                "validate", "--measurements", "@m.csv", "--format", "csv", "--out", "@out.csv"));
        subjects.add(of("golden", GOLDEN, "golden.csv", Sign.ANY,
                "regress", "predictions", "check", "--golden", "@golden.csv", "--current", "@predictions.csv",
                "--format", "csv", "--csv", "@out.csv"));
        subjects.add(of("answer", ANSWER, "saved.json", Sign.ANY,
                "compare", "@saved.json", "@answer.json", "--format", "csv"));
    }

    private static void addRuns(List<Subject> subjects) {
        subjects.add(of("history", HISTORY, "h.csv", Sign.ANY,
                "regress", "history", "--file", "@h.csv", "--format", "csv"));
        subjects.add(of("jmh", JMH, "c.json", Sign.ANY,
                "regress", "gate", "--baseline", "@baseline.json", "--candidate", "@c.json", "--csv", "@out.csv",
                "--format", "csv"));
        subjects.add(of("append", JMH, "c.json", Sign.ANY,
                "regress", "history", "append", "--run", "1", "--file", "@out.csv", "--results", "@c.json"));
        subjects.add(of("import folder", JMH, "runs/abc.json", Sign.ANY,
                "regress", "history", "import", "@runs", "--file", "@out.csv"));
        subjects.add(of("import data.js", DATA_JS, "data.js", Sign.ANY,
                "regress", "history", "import", "@data.js", "--file", "@out.csv"));
        subjects.add(of("import csv", OTAVA, "otava.csv", Sign.ANY,
                "regress", "history", "import", "@otava.csv", "--file", "@out.csv", "--direction", "lower"));
        addRunFolders(subjects, "publish", "--run", "@run", "--project", "@", "--allow", "smoke,incomplete");
    }

    /** Commands that take too long to be tried at each build. */
    static List<Subject> slow() {
        List<Subject> subjects = new ArrayList<>();
        addRunFolders(subjects, "report", "--run", "@run", "--out", "@page");
        return subjects;
    }

    private static void addRunFolders(List<Subject> subjects, String... arguments) {
        subjects.add(of("kernels", KERNELS, "run/kernels.csv", Sign.ANY, arguments));
        subjects.add(of("provenance", PROVENANCE, "run/provenance.csv", Sign.ANY, arguments));
    }

    private static void addQuestions(List<Subject> subjects) {
        subjects.add(of("grid", GRID, "grid.json", Sign.NOT_NEGATIVE,
                "sweep", "--grid", "@grid.json", "--out", "@out.csv"));
        subjects.add(of("lengths", LENGTHS, "lengths.txt", Sign.NOT_NEGATIVE,
                "buckets", "bert-base-uncased", "--lengths", "@lengths.txt", "--count", "2", "--format", "csv"));
        subjects.add(of("arrivals", ARRIVALS, "arrivals.txt", Sign.NOT_NEGATIVE,
                "load", "resnet50", "--trace", "@arrivals.txt", "--format", "csv"));
    }

    private static Subject of(String name, String sample, String file, Sign sign, String... arguments) {
        return new Subject(name, sample.getBytes(StandardCharsets.UTF_8), file, sign, arguments);
    }

    private static String text(String name) throws IOException {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Subjects.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
