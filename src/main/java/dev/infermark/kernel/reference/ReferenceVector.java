package dev.infermark.kernel.reference;

import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.provider.VectorSupport;

/** Reductions over one row after the other. */
final class ReferenceVector implements VectorSupport {
    @Override
    public void layerNorm(Matrix<float[]> x, float[] gain, float[] bias, float epsilon, Matrix<float[]> y) {
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += x.data()[x.row(i) + j];
            }
            float mean = sum / n;
            float squares = 0;
            for (int j = 0; j < n; j++) {
                float deviation = x.data()[x.row(i) + j] - mean;
                squares += deviation * deviation;
            }
            float divisor = (float) Math.sqrt(squares / n + epsilon);
            for (int j = 0; j < n; j++) {
                y.data()[y.row(i) + j] = (x.data()[x.row(i) + j] - mean) / divisor * gain[j] + bias[j];
            }
        }
    }
}
