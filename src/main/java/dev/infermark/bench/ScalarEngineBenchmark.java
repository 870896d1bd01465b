package dev.infermark.bench;

import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.ScalarEngine;
import dev.infermark.kernel.ScalarFunction;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Functions of one element by the Scalar engine: 128 tokens between the halves of BERT-large's FFN, and a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScalarEngineBenchmark {
    /** Rows×columns. */
    @Param({"1x4096", "128x4096"})
    public String shape = "";

    /** Element type. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param("simd")
    public String implementation = "";

    private ScalarEngine engine = Engines.of(Implementation.REFERENCE).scalar();
    private Matrix<float[]> x = Matrix.of(new float[1], 1, 1);
    private Matrix<float[]> positive = x;
    private Matrix<float[]> y = x;

    /** Fills the operands. */
    @Setup
    public void prepare() {
        int[] sizes = Inputs.sizes(shape);
        engine = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .scalar();
        x = Matrix.of(Inputs.floats(sizes[0] * sizes[1]), sizes[0], sizes[1]);
        positive = Matrix.of(Inputs.positiveFloats(sizes[0] * sizes[1]), sizes[0], sizes[1]);
        y = Matrix.of(new float[sizes[0] * sizes[1]], sizes[0], sizes[1]);
    }

    /** e to the power of x. */
    @Benchmark
    public Object exp() {
        return apply(x, ScalarFunction.EXP);
    }

    /** Hyperbolic tangent. */
    @Benchmark
    public Object tanh() {
        return apply(x, ScalarFunction.TANH);
    }

    /** 1/(1 + exp(-x)). */
    @Benchmark
    public Object sigmoid() {
        return apply(x, ScalarFunction.SIGMOID);
    }

    /** x·Φ(x). */
    @Benchmark
    public Object gelu() {
        return apply(x, ScalarFunction.GELU);
    }

    /** The approximation of GELU by tanh. */
    @Benchmark
    public Object geluTanh() {
        return apply(x, ScalarFunction.GELU_TANH);
    }

    /** x/(1 + exp(-x)). */
    @Benchmark
    public Object silu() {
        return apply(x, ScalarFunction.SILU);
    }

    /** The larger of x and 0. */
    @Benchmark
    public Object relu() {
        return apply(x, ScalarFunction.RELU);
    }

    /** 1/x. */
    @Benchmark
    public Object reciprocal() {
        return apply(positive, ScalarFunction.RECIPROCAL);
    }

    /** 1/√x. */
    @Benchmark
    public Object rsqrt() {
        return apply(positive, ScalarFunction.RSQRT);
    }

    /** √x. */
    @Benchmark
    public Object sqrt() {
        return apply(positive, ScalarFunction.SQRT);
    }

    /** Natural logarithm. */
    @Benchmark
    public Object log() {
        return apply(positive, ScalarFunction.LOG);
    }

    /** Error function. */
    @Benchmark
    public Object erf() {
        return apply(x, ScalarFunction.ERF);
    }

    /** ln(1 + exp(x)). */
    @Benchmark
    public Object softplus() {
        return apply(x, ScalarFunction.SOFTPLUS);
    }

    private Matrix<float[]> apply(Matrix<float[]> operand, ScalarFunction function) {
        engine.apply(function, operand, y);
        return y;
    }

    /** What the Vector API itself has of these functions. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public static class JdkLanes {
        private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

        /** Rows×columns, a multiple of the vector's length. */
        @Param({"1x4096", "128x4096"})
        public String shape = "";

        /** Element type. */
        @Param("fp32")
        public String type = "";

        /** Which kernels run. */
        @Param("jdk-lanes")
        public String implementation = "";

        private float[] x = {};
        private float[] y = {};

        /** Fills the operands. */
        @Setup
        public void prepare() {
            x = Inputs.floats(Arrays.stream(Inputs.sizes(shape)).reduce(1, Math::multiplyExact));
            y = new float[x.length];
        }

        /** e to the power of x. */
        @Benchmark
        public Object exp() {
            for (int i = 0; i < x.length; i += SPECIES.length()) {
                FloatVector.fromArray(SPECIES, x, i).lanewise(VectorOperators.EXP).intoArray(y, i);
            }
            return y;
        }

        /** Hyperbolic tangent. */
        @Benchmark
        public Object tanh() {
            for (int i = 0; i < x.length; i += SPECIES.length()) {
                FloatVector.fromArray(SPECIES, x, i).lanewise(VectorOperators.TANH).intoArray(y, i);
            }
            return y;
        }
    }
}
