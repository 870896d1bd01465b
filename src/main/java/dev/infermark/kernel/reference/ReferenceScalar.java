package dev.infermark.kernel.reference;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.ScalarFunction;
import dev.infermark.kernel.provider.ScalarSupport;

/** Functions in double precision, rounded once. */
final class ReferenceScalar implements ScalarSupport {
    @Override
    public void apply(ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                float v = Math.fma(x.data()[x.row(i) + j], scale, bias);
                y.data()[y.row(i) + j] = (float) value(function, v);
            }
        }
    }

    @Override
    public void applyAndSum(
            ScalarFunction function, float scale, float bias, Matrix<float[]> x, Matrix<float[]> y, float[] sums) {
        apply(function, scale, bias, x, y);
        for (int i = 0; i < y.rows(); i++) {
            float sum = 0;
            for (int j = 0; j < y.columns(); j++) {
                sum += y.data()[y.row(i) + j];
            }
            sums[i] = sum;
        }
    }

    private static double value(ScalarFunction function, double v) {
        return switch (function) {
            case EXP -> Math.exp(v);
            case TANH -> Math.tanh(v);
            case SIGMOID -> 1 / (1 + Math.exp(-v));
            case GELU -> 0.5 * v * ErrorFunction.complement(-v / Math.sqrt(2));
            case GELU_TANH -> v / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
            case SILU -> v / (1 + Math.exp(-v));
            case RELU -> v < 0 ? 0 : v;
            case RECIPROCAL -> 1 / v;
            case RSQRT -> 1 / Math.sqrt(v);
            case SQRT -> Math.sqrt(v);
            case LOG -> Math.log(v);
            case ERF -> ErrorFunction.of(v);
            case SOFTPLUS -> Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
        };
    }
}
