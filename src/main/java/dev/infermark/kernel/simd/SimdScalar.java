package dev.infermark.kernel.simd;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.ScalarFunction;
import dev.infermark.kernel.provider.ScalarSupport;
import dev.infermark.kernel.reference.ErrorFunction;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Functions of one element, each in a loop of its own. */
final class SimdScalar implements ScalarSupport {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** From here on they round to 1. */
    private static final float TANH_END = 9.02f;

    private static final float ERF_END = 3.93f;

    /** Elements that are summed while they are in the innermost cache. */
    private static final int BLOCK = 2048;

    /** Made once, since their coefficients take long to find and the JIT compiler compiles each copy anew. */
    private static final Map<ScalarFunction, LaneLoop> LOOPS = loops();

    private static Map<ScalarFunction, LaneLoop> loops() {
        Map<ScalarFunction, LaneLoop> loops = new EnumMap<>(ScalarFunction.class);
        for (ScalarFunction function : ScalarFunction.values()) {
            loops.put(function, new LaneLoop(function(function)));
        }
        return Collections.unmodifiableMap(loops);
    }

    @Override
    public void apply(ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y) {
        LaneLoop loop = loop(function);
        if (x.isContiguous() && y.isContiguous()) {
            loop.run(scale, bias, x.data(), x.offset(), y.data(), y.offset(), x.rows() * x.columns());
            return;
        }
        for (int i = 0; i < x.rows(); i++) {
            loop.run(scale, bias, x.data(), x.row(i), y.data(), y.row(i), x.columns());
        }
    }

    @Override
    public void applyAndSum(
            ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y, float[] sums) {
        LaneLoop loop = loop(function);
        for (int i = 0; i < x.rows(); i++) {
            float sum = 0;
            for (int j = 0; j < x.columns(); j += BLOCK) {
                int length = Math.min(BLOCK, x.columns() - j);
                loop.run(scale, bias, x.data(), x.row(i) + j, y.data(), y.row(i) + j, length);
                sum += Sums.of(y.data(), y.row(i) + j, length);
            }
            sums[i] = sum;
        }
    }

    private LaneLoop loop(ScalarFunction function) {
        return Objects.requireNonNull(LOOPS.get(function));
    }

    private static LaneFunction function(ScalarFunction function) {
        return switch (function) {
            case EXP -> new Exponential();
            case TANH -> new SaturatingFunction(StrictMath::tanh, TANH_END);
            case SIGMOID -> new Logistic.Sigmoid();
            case GELU -> new Gelu();
            case GELU_TANH -> new Logistic.GeluTanh();
            case SILU -> new Logistic.Silu();
            case RELU -> v -> v.blend(0f, v.compare(VectorOperators.LT, 0f));
            case RECIPROCAL -> v -> FloatVector.broadcast(SPECIES, 1f).div(v);
            case RSQRT -> v -> FloatVector.broadcast(SPECIES, 1f).div(v.sqrt());
            case SQRT -> v -> v.sqrt();
            case LOG -> new Logarithm();
            case ERF -> new SaturatingFunction(ErrorFunction::of, ERF_END);
            case SOFTPLUS -> new Softplus();
        };
    }
}
