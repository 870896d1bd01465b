package dev.infermark.bench;

import dev.infermark.base.UserError;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.TensorEngine;
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

/** Matmuls and transpositions of the Tensor engine. */
public final class TensorEngineBenchmark {
    private TensorEngineBenchmark() {}

    private static TensorEngine engine(String implementation) {
        return Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .tensor();
    }

    /** C = A·B, whatever the types, the shapes and the options. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public abstract static class Matmul {
        private Supplier<Object> fast = Inputs.missing();
        private Supplier<Object> psum = Inputs.missing();

        abstract TensorEngine engine();

        abstract TensorOperands<?> operands();

        int threads() {
            return 1;
        }

        /** Fills the operands and plans the matmuls. */
        @Setup
        public void prepare() {
            TensorOperands<?> operands = operands();
            fast = operands.plan(engine(), MatmulOptions.FAST.withThreads(threads()));
            psum = operands.plan(engine(), MatmulOptions.PSUM.withThreads(threads()));
        }

        final Object multiply() {
            return fast.get();
        }

        final Object multiplyInOrder() {
            return psum.get();
        }
    }

    /** By our fastest kernels. */
    public abstract static class Simd extends Matmul {
        /** Which kernels run. */
        @Param("simd")
        public String implementation = "";

        @Override
        TensorEngine engine() {
            return TensorEngineBenchmark.engine(implementation);
        }
    }

    /** FP32: square matmuls, and the projections and feed-forward layers of BERT. */
    public static class Fp32 extends Simd {
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

        @Override
        TensorOperands<?> operands() {
            return TensorOperands.of(type, shape);
        }

        /** C = A·B in the fastest order. */
        @Benchmark
        public Object matmul() {
            return multiply();
        }

        /** C = A·B in the order of PSUM. */
        @Benchmark
        public Object matmulPsum() {
            return multiplyInOrder();
        }
    }

    /** Matmuls of the other types, beside FP32. */
    public static class Types extends Simd {
        /** m×k×n: A is m×k, B is k×n. */
        @Param("128x1024x1024")
        public String shape = "";

        /** Element type of A and B. */
        @Param({"fp32", "tf32", "bf16", "fp16", "e5m2", "e4m3", "e3m4", "int8", "uint8"})
        public String type = "";

        @Override
        TensorOperands<?> operands() {
            return TensorOperands.of(type, shape);
        }

        /** C = A·B in the fastest order. */
        @Benchmark
        public Object matmul() {
            return multiply();
        }
    }

    /** The matmul that the plain kernels are measured by. */
    public static class Plain extends Matmul {
        /** m×k×n: A is m×k, B is k×n. */
        @Param("64x256x256")
        public String shape = "";

        /** Element type of A and B. */
        @Param({"fp32", "int8"})
        public String type = "";

        /** Which kernels run. */
        @Param({"simd", "reference"})
        public String implementation = "";

        @Override
        TensorOperands<?> operands() {
            return TensorOperands.of(type, shape);
        }

        @Override
        TensorEngine engine() {
            return TensorEngineBenchmark.engine(implementation);
        }

        /** C = A·B in the fastest order. */
        @Benchmark
        public Object matmul() {
            return multiply();
        }
    }

    /** Matmuls on two threads. */
    public static class Threads extends Simd {
        /** m×k×n: A is m×k, B is k×n. */
        @Param({"960x1024x1024", "384x768x3072"})
        public String shape = "";

        /** Element type of A and B. */
        @Param("fp32")
        public String type = "";

        @Override
        TensorOperands<?> operands() {
            return TensorOperands.of(type, shape);
        }

        @Override
        int threads() {
            return 2;
        }

        /** C = A·B in the fastest order, on two threads. */
        @Benchmark
        public Object matmulTwoThreads() {
            return multiply();
        }
    }

    /** Matmuls of a matrix and a vector. */
    public static class Vectors extends Simd {
        /** m×k×n: A is m×k, B is k×n. */
        @Param({"1024x1024x1", "4096x1024x1", "1x1024x4096"})
        public String shape = "";

        /** Element type of A and B. */
        @Param({"fp32", "bf16"})
        public String type = "";

        @Override
        TensorOperands<?> operands() {
            return TensorOperands.of(type, shape);
        }

        /** C = A·B in the fastest order. */
        @Benchmark
        public Object matrixVector() {
            return multiply();
        }
    }

    /** Transpositions of square matrices. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public static class Transposition {
        /** Rows×columns. */
        @Param("384x384")
        public String shape = "";

        /** Element type. */
        @Param({"fp32", "bf16", "int8"})
        public String type = "";

        /** Which kernels run. */
        @Param("simd")
        public String implementation = "";

        private Runnable transposition = () -> {};
        private Object result = "";

        /** Fills the matrix. */
        @Setup
        public void prepare() {
            int[] sizes = Inputs.sizes(shape);
            int length = sizes[0] * sizes[1];
            switch (type) {
                case "fp32" -> prepare(sizes, Inputs.floats(length), new float[length]);
                case "bf16" -> prepare(sizes, new short[length], new short[length]);
                case "int8" -> prepare(sizes, Inputs.bytes(length), new byte[length]);
                default -> throw new UserError("no transposition of type " + type + ": use fp32, bf16 or int8");
            }
        }

        private <T> void prepare(int[] sizes, T from, T to) {
            TensorEngine engine = engine(implementation);
            Matrix<T> matrix = Matrix.of(from, sizes[0], sizes[1]);
            Matrix<T> transposed = Matrix.of(to, sizes[1], sizes[0]);
            transposition = () -> engine.transpose(matrix, transposed);
            result = to;
        }

        /** The transposed matrix. */
        @Benchmark
        public Object transpose() {
            transposition.run();
            return result;
        }
    }
}
