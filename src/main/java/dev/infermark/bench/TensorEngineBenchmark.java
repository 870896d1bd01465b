package dev.infermark.bench;

import dev.infermark.base.UserError;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.TensorEngine;
import dev.infermark.numerics.DataType;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Matrix products of the Tensor engine: 128 tokens through a projection and the first half of BERT-large's FFN. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TensorEngineBenchmark {
    /** m×k×n: A is m×k, B is k×n. */
    @Param({"128x1024x1024", "128x1024x4096"})
    public String shape = "";

    /** Element type of A and B. */
    @Param({"fp32", "bf16", "int8"})
    public String type = "";

    /** Which kernels run. */
    @Param({"simd", "reference"})
    public String implementation = "";

    private Supplier<Object> product = () -> {
        throw new IllegalStateException("not set up");
    };

    /** Fills the operands. */
    @Setup
    public void prepare() {
        int[] sizes = Inputs.sizes(shape);
        int m = sizes[0];
        int k = sizes[1];
        int n = sizes[2];
        TensorEngine engine = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .tensor();
        product = switch (DataType.valueOf(type.toUpperCase(Locale.ROOT))) {
            case FP32 -> fp32(engine, m, k, n);
            case BF16 -> bf16(engine, m, k, n);
            case INT8 -> int8(engine, m, k, n);
            case TF32, FP16, CFP8, INT32, INT16, UINT8, INT64, FP64, BOOL ->
                throw new UserError("no matmul of type " + type + ": use fp32, bf16 or int8");
        };
    }

    private static Supplier<Object> fp32(TensorEngine engine, int m, int k, int n) {
        Matrix<float[]> a = Matrix.of(Inputs.floats(m * k), m, k);
        Matrix<float[]> b = Matrix.of(Inputs.floats(k * n), k, n);
        Matrix<float[]> c = Matrix.of(new float[m * n], m, n);
        return () -> {
            engine.matmulFp32(a, b, c);
            return c;
        };
    }

    private static Supplier<Object> bf16(TensorEngine engine, int m, int k, int n) {
        Encoder encoder = Encoder.of(FloatFormat.BF16);
        Matrix<short[]> a = Matrix.of(encoder.toShorts(Inputs.floats(m * k)), m, k);
        Matrix<short[]> b = Matrix.of(encoder.toShorts(Inputs.floats(k * n)), k, n);
        Matrix<float[]> c = Matrix.of(new float[m * n], m, n);
        return () -> {
            engine.matmulBf16(a, b, c);
            return c;
        };
    }

    private static Supplier<Object> int8(TensorEngine engine, int m, int k, int n) {
        Matrix<byte[]> a = Matrix.of(Inputs.bytes(m * k), m, k);
        Matrix<byte[]> b = Matrix.of(Inputs.bytes(k * n), k, n);
        Matrix<int[]> c = Matrix.of(new int[m * n], m, n);
        return () -> {
            engine.matmulInt8(a, b, c);
            return c;
        };
    }

    /** C = A·B. */
    @Benchmark
    public Object matmul() {
        return product.get();
    }
}
