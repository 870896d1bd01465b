package dev.infermark.kernel.reference;

import dev.infermark.kernel.BatchNorm;
import dev.infermark.kernel.BinaryOperation;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Reduction;
import dev.infermark.kernel.provider.VectorSupport;

/** Reductions over one row after the other. */
final class ReferenceVector implements VectorSupport {
    @Override
    public void layerNorm(Matrix<float[]> x, float[] gain, float[] bias, float epsilon, Matrix<float[]> y) {
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            float mean = sum(x, i) / n;
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

    @Override
    public void rmsNorm(Matrix<float[]> x, float[] gain, float epsilon, Matrix<float[]> y) {
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            float squares = 0;
            for (int j = 0; j < n; j++) {
                float value = x.data()[x.row(i) + j];
                squares += value * value;
            }
            float divisor = (float) Math.sqrt(squares / n + epsilon);
            for (int j = 0; j < n; j++) {
                y.data()[y.row(i) + j] = x.data()[x.row(i) + j] / divisor * gain[j];
            }
        }
    }

    @Override
    public void batchNorm(ImageShape shape, float[] x, BatchNorm norm, float[] y) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int pixel = 0; pixel < shape.batch() * shape.pixels(); pixel++) {
                int place = place(shape, pixel, channel);
                y[place] = (x[place] - norm.mean()[channel]) * norm.factor(channel) + norm.bias()[channel];
            }
        }
    }

    @Override
    public void batchStatistics(ImageShape shape, float[] x, float[] mean, float[] variance) {
        int pixels = shape.batch() * shape.pixels();
        for (int channel = 0; channel < shape.channels(); channel++) {
            float sum = 0;
            for (int pixel = 0; pixel < pixels; pixel++) {
                sum += x[place(shape, pixel, channel)];
            }
            mean[channel] = sum / pixels;
            float squares = 0;
            for (int pixel = 0; pixel < pixels; pixel++) {
                float deviation = x[place(shape, pixel, channel)] - mean[channel];
                squares += deviation * deviation;
            }
            variance[channel] = squares / pixels;
        }
    }

    @Override
    public void softmax(Matrix<float[]> x, Matrix<float[]> y) {
        for (int i = 0; i < x.rows(); i++) {
            float max = x.data()[x.row(i)];
            for (int j = 1; j < x.columns(); j++) {
                max = Math.max(max, x.data()[x.row(i) + j]);
            }
            float sum = 0;
            for (int j = 0; j < x.columns(); j++) {
                float exp = (float) Math.exp(x.data()[x.row(i) + j] - max);
                y.data()[y.row(i) + j] = exp;
                sum += exp;
            }
            for (int j = 0; j < x.columns(); j++) {
                y.data()[y.row(i) + j] /= sum;
            }
        }
    }

    @Override
    public void axpy(float alpha, Matrix<float[]> x, Matrix<float[]> y) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                int place = y.row(i) + j;
                y.data()[place] = Math.fma(alpha, x.data()[x.row(i) + j], y.data()[place]);
            }
        }
    }

    @Override
    public void combine(BinaryOperation operation, Matrix<float[]> a, Matrix<float[]> b, Matrix<float[]> y) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                y.data()[y.row(i) + j] = combine(operation, a.data()[a.row(i) + j], b.data()[b.row(i) + j]);
            }
        }
    }

    private static float combine(BinaryOperation operation, float a, float b) {
        return switch (operation) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    @Override
    public void reduce(Reduction reduction, Matrix<float[]> x, float[] y) {
        for (int i = 0; i < x.rows(); i++) {
            y[i] = switch (reduction) {
                case SUM -> sum(x, i);
                case MEAN -> sum(x, i) / x.columns();
                case MAX -> fold(BinaryOperation.MAX, x, i);
                case MIN -> fold(BinaryOperation.MIN, x, i);
            };
        }
    }

    private static float sum(Matrix<float[]> x, int row) {
        return fold(BinaryOperation.ADD, x, row);
    }

    private static float fold(BinaryOperation operation, Matrix<float[]> x, int row) {
        float result = x.data()[x.row(row)];
        for (int j = 1; j < x.columns(); j++) {
            result = combine(operation, result, x.data()[x.row(row) + j]);
        }
        return result;
    }

    @Override
    public void pool(Pooling2d pooling, float[] x, float[] y) {
        ReferencePooling.pool(pooling, x, y);
    }

    @Override
    public void top8(Matrix<float[]> x, Matrix<float[]> values, Matrix<int[]> columns) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                insert(x.data()[x.row(i) + j], j, Math.min(j, values.columns()), values, columns, i);
            }
        }
    }

    /** Puts an element behind those of the found ones that are not less, while there is room. */
    private static void insert(
            float value, int column, int found, Matrix<float[]> values, Matrix<int[]> columns, int row) {
        int first = values.row(row);
        int place = found;
        while (place > 0 && isLarger(value, values.data()[first + place - 1])) {
            place--;
        }
        for (int k = Math.min(found, values.columns() - 1); k > place; k--) {
            values.data()[first + k] = values.data()[first + k - 1];
            columns.data()[columns.row(row) + k] = columns.data()[columns.row(row) + k - 1];
        }
        if (place < values.columns()) {
            values.data()[first + place] = value;
            columns.data()[columns.row(row) + place] = column;
        }
    }

    private static boolean isLarger(float a, float b) {
        return a > b || (Float.isNaN(a) && !Float.isNaN(b));
    }

    private static int place(ImageShape shape, int pixel, int channel) {
        int inImage = pixel % shape.pixels();
        return shape.index(
                pixel / shape.pixels(), inImage / shape.width(), inImage % shape.width(), channel);
    }
}
