package dev.infermark.kernel.provider;

import dev.infermark.kernel.BatchNorm;
import dev.infermark.kernel.BinaryOperation;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Reduction;

/** What {@link dev.infermark.kernel.VectorEngine} leaves to a provider. */
public interface VectorSupport {
    /** Normalises each row of x to mean 0 and variance 1, scales it by gain and adds bias. */
    void layerNorm(Matrix<float[]> x, float[] gain, float[] bias, float epsilon, Matrix<float[]> y);

    /** Divides each row of x by its root mean square and scales it by gain. */
    void rmsNorm(Matrix<float[]> x, float[] gain, float epsilon, Matrix<float[]> y);

    /** Normalises each channel of x by known statistics. */
    void batchNorm(ImageShape shape, float[] x, BatchNorm norm, float[] y);

    /** Mean and variance of each channel of x. */
    void batchStatistics(ImageShape shape, float[] x, float[] mean, float[] variance);

    /** Exponentials of each row of x, divided by their sum. */
    void softmax(Matrix<float[]> x, Matrix<float[]> y);

    /** y = alpha · x + y. */
    void axpy(float alpha, Matrix<float[]> x, Matrix<float[]> y);

    /** y = a operation b, element by element. */
    void combine(BinaryOperation operation, Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> y);

    /** One number of each row. */
    void reduce(Reduction reduction, Matrix<float[]> x, float[] y);

    /** Largest or mean element of each window. */
    void pool(Pooling2d pooling, float[] x, float[] y);

    /** Values and columns of the eight largest elements of each row. */
    void top8(Matrix<float[]> x, Matrix<float[]> values, Matrix<int[]> columns);
}
