package dev.infermark.bench;

import dev.infermark.kernel.BatchNorm;
import dev.infermark.kernel.BinaryOperation;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.ImageLayout;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Reduction;
import dev.infermark.kernel.VectorEngine;
import dev.infermark.kernel.Window;
import java.util.Arrays;
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

/** Operations of the Vector engine on the shapes of BERT-large and ResNet-50. */
public final class VectorEngineBenchmark {
    private static final float EPSILON = 1e-12f;

    private VectorEngineBenchmark() {}

    /** What all operations share. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public abstract static class Operation {
        /** Element type. */
        @Param("fp32")
        public String type = "";

        /** Which kernels run. */
        @Param("simd")
        public String implementation = "";

        final VectorEngine engine() {
            return Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                    .vector();
        }
    }

    /** Layer normalisation: 128 tokens, and more than caches hold. */
    public static class LayerNormalization extends Operation {
        /** Rows×columns; each row is normalised. */
        @Param({"128x1024", "4096x1024"})
        public String shape = "";

        private VectorEngine engine = Engines.of(Implementation.REFERENCE).vector();
        private Matrix<float[]> x = matrix("1x1");
        private Matrix<float[]> y = x;
        private float[] gain = {};
        private float[] bias = {};

        /** Fills the operands. */
        @Setup
        public void prepare() {
            engine = engine();
            x = matrix(shape);
            y = matrix(shape);
            gain = new float[x.columns()];
            Arrays.fill(gain, 1);
            bias = Inputs.floats(x.columns());
        }

        /** y = (x - mean) / deviation · gain + bias. */
        @Benchmark
        public Object layerNorm() {
            engine.layerNorm(x, gain, bias, EPSILON, y);
            return y;
        }
    }

    /** Softmax of the attention scores of 16 heads: 128 tokens, and 384 tokens. */
    public static class Softmax extends Operation {
        /** Rows×columns; each row sums to 1. */
        @Param({"2048x128", "6144x384"})
        public String shape = "";

        private VectorEngine engine = Engines.of(Implementation.REFERENCE).vector();
        private Matrix<float[]> x = matrix("1x1");
        private Matrix<float[]> y = x;

        /** Fills the operands. */
        @Setup
        public void prepare() {
            engine = engine();
            x = matrix(shape);
            y = matrix(shape);
        }

        /** y = exp(x) / Σ exp(x). */
        @Benchmark
        public Object softmax() {
            engine.softmax(x, y);
            return y;
        }
    }

    /** The other operations on rows: 128 tokens. */
    public static class Rows extends Operation {
        /** Rows×columns. */
        @Param("128x1024")
        public String shape = "";

        private VectorEngine engine = Engines.of(Implementation.REFERENCE).vector();
        private Matrix<float[]> x = matrix("1x1");
        private Matrix<float[]> y = x;
        private float[] gain = {};
        private float[] perRow = {};
        private Matrix<float[]> topValues = x;
        private Matrix<int[]> topColumns = Matrix.of(new int[1], 1, 1);

        /** Fills the operands. */
        @Setup
        public void prepare() {
            engine = engine();
            x = matrix(shape);
            y = matrix(shape);
            gain = Inputs.floats(x.columns());
            perRow = new float[x.rows()];
            topValues = Matrix.of(new float[x.rows() * VectorEngine.TOP], x.rows(), VectorEngine.TOP);
            topColumns = Matrix.of(new int[x.rows() * VectorEngine.TOP], x.rows(), VectorEngine.TOP);
        }

        /** y = x / root mean square · gain. */
        @Benchmark
        public Object rmsNorm() {
            engine.rmsNorm(x, gain, EPSILON, y);
            return y;
        }

        /** y = alpha · x + y, which stays finite however often it is done. */
        @Benchmark
        public Object axpy() {
            engine.axpy(Float.MIN_NORMAL, x, y);
            return y;
        }

        /** y = x + x. */
        @Benchmark
        public Object add() {
            engine.combine(BinaryOperation.ADD, x, x, y);
            return y;
        }

        /** The larger of two elements. */
        @Benchmark
        public Object maximum() {
            engine.combine(BinaryOperation.MAX, x, x, y);
            return y;
        }

        /** Sum of each row. */
        @Benchmark
        public Object sum() {
            engine.reduce(Reduction.SUM, x, perRow);
            return perRow;
        }

        /** Largest element of each row. */
        @Benchmark
        public Object max() {
            engine.reduce(Reduction.MAX, x, perRow);
            return perRow;
        }

        /** The eight largest elements of each row and where they are. */
        @Benchmark
        public Object top8() {
            engine.top8(x, topValues, topColumns);
            return topColumns;
        }
    }

    /** Poolings of images in both layouts. */
    public abstract static class Pooling extends Operation {
        private Supplier<Object> nhwc = Inputs.missing();
        private Supplier<Object> nchw = Inputs.missing();

        /** Images×height×width×channels. */
        abstract String shape();

        abstract Pooling2d pooling(ImageShape images);

        /** Fills the images. */
        @Setup
        public void prepare() {
            nhwc = prepare(pooling(images(ImageLayout.NHWC, shape())));
            nchw = prepare(pooling(images(ImageLayout.NCHW, shape())));
        }

        private Supplier<Object> prepare(Pooling2d pooling) {
            VectorEngine engine = engine();
            float[] x = Inputs.floats(pooling.input().elements());
            float[] y = new float[pooling.output().elements()];
            return () -> {
                engine.pool(pooling, x, y);
                return y;
            };
        }

        final Object poolNhwc() {
            return nhwc.get();
        }

        final Object poolNchw() {
            return nchw.get();
        }
    }

    /** The first pooling of ResNet-50: windows of 3×3 that move by 2. */
    public static class MaxPooling extends Pooling {
        private static final Window WINDOW = Window.of(3).withStride(2).withPadding(1, 1);

        /** Images×height×width×channels. */
        @Param("1x112x112x64")
        public String shape = "";

        @Override
        String shape() {
            return shape;
        }

        @Override
        Pooling2d pooling(ImageShape images) {
            return Pooling2d.square(Pooling2d.Kind.MAX, images, WINDOW);
        }

        /** All channels of a pixel are neighbours. */
        @Benchmark
        public Object maxPoolNhwc() {
            return poolNhwc();
        }

        /** All pixels of a channel are neighbours. */
        @Benchmark
        public Object maxPoolNchw() {
            return poolNchw();
        }
    }

    /** The last pooling of ResNet-50: the mean of each channel. */
    public static class GlobalPooling extends Pooling {
        /** Images×height×width×channels. */
        @Param("1x7x7x2048")
        public String shape = "";

        @Override
        String shape() {
            return shape;
        }

        @Override
        Pooling2d pooling(ImageShape images) {
            return Pooling2d.global(Pooling2d.Kind.AVERAGE, images);
        }

        /** All channels of a pixel are neighbours. */
        @Benchmark
        public Object globalAverageNhwc() {
            return poolNhwc();
        }

        /** All pixels of a channel are neighbours. */
        @Benchmark
        public Object globalAverageNchw() {
            return poolNchw();
        }
    }

    /** Batch normalisation after a convolution of ResNet-50. */
    public static class BatchNormalization extends Operation {
        /** Images×height×width×channels. */
        @Param("1x56x56x64")
        public String shape = "";

        private VectorEngine engine = Engines.of(Implementation.REFERENCE).vector();
        private ImageShape images = new ImageShape(ImageLayout.NHWC, 1, 1, 1, 1);
        private BatchNorm norm = new BatchNorm(new float[0], new float[0], new float[0], new float[0], 0);
        private float[] x = {};
        private float[] y = {};
        private float[] mean = {};
        private float[] variance = {};

        /** Fills images, statistics and parameters. */
        @Setup
        public void prepare() {
            engine = engine();
            images = images(ImageLayout.NHWC, shape);
            x = Inputs.floats(images.elements());
            y = new float[images.elements()];
            int channels = images.channels();
            float[] positive = Inputs.positiveFloats(channels);
            norm = new BatchNorm(Inputs.floats(channels), positive, positive, positive, EPSILON);
            mean = new float[channels];
            variance = new float[channels];
        }

        /** y = (x - mean) / deviation · gain + bias, all channels of a pixel being neighbours. */
        @Benchmark
        public Object batchNorm() {
            engine.batchNorm(images, x, norm, y);
            return y;
        }

        /** Mean and variance of each channel. */
        @Benchmark
        public Object statistics() {
            engine.batchStatistics(images, x, mean, variance);
            return variance;
        }
    }

    private static ImageShape images(ImageLayout layout, String shape) {
        int[] sizes = Inputs.sizes(shape);
        return new ImageShape(layout, sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    private static Matrix<float[]> matrix(String shape) {
        int[] sizes = Inputs.sizes(shape);
        return Matrix.of(Inputs.floats(sizes[0] * sizes[1]), sizes[0], sizes[1]);
    }
}
