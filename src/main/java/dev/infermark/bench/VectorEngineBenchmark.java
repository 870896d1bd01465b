package dev.infermark.bench;

import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.VectorEngine;
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

/** Layer normalisation by the Vector engine: 128 tokens of BERT-large. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VectorEngineBenchmark {
    private static final float EPSILON = 1e-12f;

    /** Rows×columns; each row is normalised. */
    @Param("128x1024")
    public String shape = "";

    /** Element type. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param({"simd", "reference"})
    public String implementation = "";

    private VectorEngine engine = Engines.of(Implementation.REFERENCE).vector();
    private Matrix<float[]> x = Matrix.of(new float[1], 1, 1);
    private Matrix<float[]> y = x;
    private float[] gain = {};
    private float[] bias = {};

    /** Fills the operands. */
    @Setup
    public void prepare() {
        int[] sizes = Inputs.sizes(shape);
        engine = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .vector();
        x = Matrix.of(Inputs.floats(sizes[0] * sizes[1]), sizes[0], sizes[1]);
        y = Matrix.of(new float[sizes[0] * sizes[1]], sizes[0], sizes[1]);
        gain = new float[sizes[1]];
        Arrays.fill(gain, 1);
        bias = Inputs.floats(sizes[1]);
    }

    /** y = (x - mean) / deviation · gain + bias. */
    @Benchmark
    public Object layerNorm() {
        engine.layerNorm(x, gain, bias, EPSILON, y);
        return y;
    }
}
