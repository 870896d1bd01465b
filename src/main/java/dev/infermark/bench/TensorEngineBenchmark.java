package dev.infermark.bench;

import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.TensorEngine;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Matrix products of the Tensor engine: square ones, and the projections and feed-forward layers of BERT. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TensorEngineBenchmark {
    /** m×k×n: A is m×k, B is k×n. */
    @Param({
        "480x512x512",
        "960x1024x1024",
        "128x4096x1024",
        "128x1024x4096",
        "1280x1024x1024",
        "384x768x768",
        "384x3072x768",
        "384x768x3072"
    })
    public String shape = "";

    /** Element type of A and B. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param("simd")
    public String implementation = "";

    private TensorEngine engine = engine("reference");
    private TensorOperands<?> operands = TensorOperands.of("fp32", "1x1x1");

    private static TensorEngine engine(String implementation) {
        return Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .tensor();
    }

    /** Fills the operands. */
    @Setup
    public void prepare() {
        engine = engine(implementation);
        operands = TensorOperands.of(type, shape);
    }

    /** C = A·B in the fastest order. */
    @Benchmark
    public Object matmul() {
        return operands.multiply(engine, MatmulOptions.FAST);
    }
}
