package dev.infermark.bench;

import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.ScalarEngine;
import java.util.Arrays;
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

/** GELU by the Scalar engine: 128 tokens between the halves of BERT-large's FFN. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScalarEngineBenchmark {
    /** Rows×columns. */
    @Param("128x4096")
    public String shape = "";

    /** Element type. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param({"simd", "reference"})
    public String implementation = "";

    private ScalarEngine engine = Engines.of(Implementation.REFERENCE).scalar();
    private float[] x = {};
    private float[] y = {};

    /** Fills the operands. */
    @Setup
    public void prepare() {
        engine = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .scalar();
        x = Inputs.floats(Arrays.stream(Inputs.sizes(shape)).reduce(1, Math::multiplyExact));
        y = new float[x.length];
    }

    /** y = x·Φ(x). */
    @Benchmark
    public Object gelu() {
        engine.gelu(x, 0, y, 0, x.length);
        return y;
    }

    /** The approximation of GELU by tanh. */
    @Benchmark
    public Object geluTanh() {
        engine.geluTanh(x, 0, y, 0, x.length);
        return y;
    }
}
