package dev.infermark.bench;

import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long a model takes from its sizes to a checked graph with all shapes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GraphBenchmark {
    private final ModelSource bert = Models.find("bert-base-uncased");
    private final ModelSource llama = Models.find("llama-3-70b");
    private final ModelSource resnet = Models.find("resnet50");

    /** BERT-base: 12 layers. */
    @Benchmark
    public Object bertBase() {
        return bert.graph(Workload.ofBatch(1));
    }

    /** Llama-3-70B: 80 layers. */
    @Benchmark
    public Object llama70B() {
        return llama.graph(Workload.ofBatch(1));
    }

    /** ResNet-50: 53 convolutions. */
    @Benchmark
    public Object resnet50() {
        return resnet.graph(Workload.ofBatch(1));
    }
}
