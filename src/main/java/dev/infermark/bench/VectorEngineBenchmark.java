package dev.infermark.bench;

import dev.infermark.kernel.BinaryOperation;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.ImageLayout;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.Pooling2d;
import dev.infermark.kernel.Reduction;
import dev.infermark.kernel.VectorEngine;
import dev.infermark.kernel.Window;
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

        private RowOperands rows = RowOperands.NONE;

        /** Fills the operands. */
        @Setup
        public void prepare() {
            rows = RowOperands.of(engine(), shape);
        }

        /** y = (x - mean) / deviation · gain + bias. */
        @Benchmark
        public Object layerNorm() {
            return rows.layerNorm();
        }
    }

    /** Softmax of the attention scores of 16 heads: 128 tokens, and 384 tokens. */
    public static class Softmax extends Operation {
        /** Rows×columns; each row sums to 1. */
        @Param({"2048x128", "6144x384"})
        public String shape = "";

        private RowOperands rows = RowOperands.NONE;

        /** Fills the operands. */
        @Setup
        public void prepare() {
            rows = RowOperands.of(engine(), shape);
        }

        /** y = exp(x) / Σ exp(x). */
        @Benchmark
        public Object softmax() {
            return rows.softmax();
        }
    }

    /** The other operations on rows: 128 tokens. */
    public static class Rows extends Operation {
        /** Rows×columns. */
        @Param("128x1024")
        public String shape = "";

        private RowOperands rows = RowOperands.NONE;

        /** Fills the operands. */
        @Setup
        public void prepare() {
            rows = RowOperands.of(engine(), shape);
        }

        /** y = x / root mean square · gain. */
        @Benchmark
        public Object rmsNorm() {
            return rows.rmsNorm();
        }

        /** y = alpha · x + y, which stays finite however often it is done. */
        @Benchmark
        public Object axpy() {
            return rows.axpy(Float.MIN_NORMAL);
        }

        /** y = x + x. */
        @Benchmark
        public Object add() {
            return rows.combine(BinaryOperation.ADD);
        }

        /** The larger of two elements. */
        @Benchmark
        public Object maximum() {
            return rows.combine(BinaryOperation.MAX);
        }

        /** Sum of each row. */
        @Benchmark
        public Object sum() {
            return rows.reduce(Reduction.SUM);
        }

        /** Largest element of each row. */
        @Benchmark
        public Object max() {
            return rows.reduce(Reduction.MAX);
        }

        /** The eight largest elements of each row and where they are. */
        @Benchmark
        public Object top8() {
            return rows.top8();
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
            nhwc = ImageOperands.pooling(engine(), pooling(ImageOperands.shape(ImageLayout.NHWC, shape())));
            nchw = ImageOperands.pooling(engine(), pooling(ImageOperands.shape(ImageLayout.NCHW, shape())));
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

        private ImageOperands images = ImageOperands.NONE;

        /** Fills images, statistics and parameters. */
        @Setup
        public void prepare() {
            images = ImageOperands.of(engine(), shape);
        }

        /** y = (x - mean) / deviation · gain + bias, all channels of a pixel being neighbours. */
        @Benchmark
        public Object batchNorm() {
            return images.batchNorm();
        }

        /** Mean and variance of each channel. */
        @Benchmark
        public Object statistics() {
            return images.statistics();
        }
    }
}
