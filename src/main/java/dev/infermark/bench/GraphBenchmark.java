package dev.infermark.bench;

import dev.infermark.graph.Graph;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a model takes from its sizes to a checked graph with all shapes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class GraphBenchmark {
    /** A built-in model. */
    @Param({"bert-base-uncased", "llama-3-70b", "resnet50"})
    public String model;

    private ModelSource source;

    /** Finds the model, which is not timed. */
    @Setup
    public void find() {
        source = Models.find(model);
    }

    /** One graph for a batch of one. */
    @Benchmark
    public Graph build() {
        return source.graph(Workload.ofBatch(1));
    }
}
