package dev.infermark.kernel.simd;

import dev.infermark.kernel.BatchNorm;
import dev.infermark.kernel.BinaryOperation;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Reduction;
import dev.infermark.kernel.provider.VectorSupport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The Vector engine's operations, row by row or channel by channel. */
final class SimdVector implements VectorSupport {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Made once, since the JIT compiler compiles each copy anew. */
    private static final Map<BinaryOperation, PairLoop> LOOPS = loops();

    private final SoftmaxRows softmax = new SoftmaxRows();

    private static Map<BinaryOperation, PairLoop> loops() {
        Map<BinaryOperation, PairLoop> loops = new EnumMap<>(BinaryOperation.class);
        for (BinaryOperation operation : BinaryOperation.values()) {
            loops.put(operation, new PairLoop(function(operation)));
        }
        return Collections.unmodifiableMap(loops);
    }

    private static PairFunction function(BinaryOperation operation) {
        return switch (operation) {
            case ADD -> FloatVector::add;
            case SUBTRACT -> FloatVector::sub;
            case MULTIPLY -> FloatVector::mul;
            case MAX -> FloatVector::max;
            case MIN -> FloatVector::min;
        };
    }

    @Override
    public void layerNorm(Matrix<float[]> x, float[] gain, float[] bias, float epsilon, Matrix<float[]> y) {
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            float mean = Sums.of(x.data(), x.row(i), n) / n;
            float variance = Sums.ofSquares(x.data(), x.row(i), n, mean) / n;
            float factor = (float) (1 / Math.sqrt(variance + epsilon));
            Scaling.layer(x.data(), x.row(i), mean, factor, gain, bias, y.data(), y.row(i));
        }
    }

    @Override
    public void rmsNorm(Matrix<float[]> x, float[] gain, float epsilon, Matrix<float[]> y) {
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            float square = Sums.ofSquares(x.data(), x.row(i), n, 0) / n;
            Scaling.rms(x.data(), x.row(i), (float) (1 / Math.sqrt(square + epsilon)), gain, y.data(), y.row(i));
        }
    }

    @Override
    public void batchNorm(ImageShape shape, float[] x, BatchNorm norm, float[] y) {
        switch (shape.layout()) {
            case NHWC -> ChannelsInRows.normalise(shape.batch() * shape.pixels(), x, norm, y);
            case NCHW -> ChannelPlanes.normalise(shape, x, norm, y);
        }
    }

    @Override
    public void batchStatistics(ImageShape shape, float[] x, float[] mean, float[] variance) {
        switch (shape.layout()) {
            case NHWC -> ChannelsInRows.statistics(shape.batch() * shape.pixels(), x, mean, variance);
            case NCHW -> ChannelPlanes.statistics(shape, x, mean, variance);
        }
    }

    @Override
    public void softmax(Matrix<float[]> x, Matrix<float[]> y) {
        softmax.rows(x, y);
    }

    @Override
    public void axpy(float alpha, Matrix<float[]> x, Matrix<float[]> y) {
        if (x.isContiguous() && y.isContiguous()) {
            axpy(alpha, x.data(), x.offset(), y.data(), y.offset(), x.rows() * x.columns());
            return;
        }
        for (int i = 0; i < x.rows(); i++) {
            axpy(alpha, x.data(), x.row(i), y.data(), y.row(i), x.columns());
        }
    }

    private static void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int length) {
        FloatVector factors = FloatVector.broadcast(SPECIES, alpha);
        int i = 0;
        for (; i <= length - LANES; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xOffset + i)
                    .fma(factors, FloatVector.fromArray(SPECIES, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        if (i < length) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, length);
            FloatVector.fromArray(SPECIES, x, xOffset + i, rest)
                    .fma(factors, FloatVector.fromArray(SPECIES, y, yOffset + i, rest))
                    .intoArray(y, yOffset + i, rest);
        }
    }

    @Override
    public void combine(BinaryOperation operation, Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> y) {
        PairLoop loop = loop(operation);
        if (a.isContiguous() && b.isContiguous() && y.isContiguous()) {
            int length = a.rows() * a.columns();
            loop.combine(a.data(), a.offset(), b.data(), b.offset(), y.data(), y.offset(), length);
            return;
        }
        for (int i = 0; i < a.rows(); i++) {
            loop.combine(a.data(), a.row(i), b.data(), b.row(i), y.data(), y.row(i), a.columns());
        }
    }

    @Override
    public void reduce(Reduction reduction, Matrix<float[]> x, float[] y) {
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            y[i] = switch (reduction) {
                case SUM -> Sums.of(x.data(), x.row(i), n);
                case MEAN -> Sums.of(x.data(), x.row(i), n) / n;
                case MAX -> loop(BinaryOperation.MAX).fold(Float.NEGATIVE_INFINITY, x.data(), x.row(i), n);
                case MIN -> loop(BinaryOperation.MIN).fold(Float.POSITIVE_INFINITY, x.data(), x.row(i), n);
            };
        }
    }

    @Override
    public void pool(Pooling2d pooling, float[] x, float[] y) {
        switch (pooling.input().layout()) {
            case NHWC -> PixelPooling.pool(pooling, x, y);
            case NCHW -> PlanePooling.pool(pooling, x, y);
        }
    }

    @Override
    public void top8(Matrix<float[]> x, Matrix<float[]> values, Matrix<int[]> columns) {
        for (int i = 0; i < x.rows(); i++) {
            TopEight.row(x.data(), x.row(i), x.columns(), values.data(), values.row(i), columns.data(), columns.row(i));
        }
    }

    private PairLoop loop(BinaryOperation operation) {
        return Objects.requireNonNull(LOOPS.get(operation));
    }
}
