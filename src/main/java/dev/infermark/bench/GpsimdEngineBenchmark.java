package dev.infermark.bench;

import dev.infermark.kernel.Engines;
import dev.infermark.kernel.GpsimdEngine;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.gpsimd.TriangularMask;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A custom operator on the GPSIMD engine: the causal mask of BERT-large's 16 heads over 128 tokens. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GpsimdEngineBenchmark {
    /** Matrices×rows×columns. */
    @Param("16x128x128")
    public String shape = "";

    /** Element type. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param({"simd", "reference"})
    public String implementation = "";

    private final CustomOperator mask = new TriangularMask(Float.NEGATIVE_INFINITY);
    private GpsimdEngine engine = Engines.of(Implementation.REFERENCE).gpsimd();
    private List<Tensor> inputs = List.of();
    private Tensor output = Tensor.zeros(1);

    /** Fills the operands. */
    @Setup
    public void prepare() {
        int[] sizes = Inputs.sizes(shape);
        engine = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .gpsimd();
        output = Tensor.zeros(sizes);
        inputs = List.of(Tensor.of(Inputs.floats(output.elements()), sizes));
    }

    /** Replaces what lies above the diagonal. */
    @Benchmark
    public Object triangularMask() {
        engine.run(mask, inputs, output);
        return output;
    }
}
