package dev.infermark.bench;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.infermark.bench.peer.OnnxRuntime;
import dev.infermark.bench.peer.OnnxRuntime.FloatTensor;
import dev.infermark.bench.peer.OnnxRuntimeOperator;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The operations of our engines by ONNX Runtime, on one thread: a model of one operator each, run again and again on
 * the same memory outside of the heap, so that no copy and no allocation of a result is in its time.
 */
public final class OnnxRuntimePeers {
    private OnnxRuntimePeers() {}

    /** The columns that all rows share. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public abstract static class Peer {
        /** Element type. */
        @Param("fp32")
        public String type = "";

        /** Names the peer in results. */
        @Param("onnxruntime")
        public String implementation = "";
    }

    /** Functions of each element. */
    public static class Functions extends Peer {
        /** Rows×columns. */
        @Param({"1x4096", "128x4096"})
        public String shape = "";

        private Runnable exp = OnnxRuntimePeers::missing;
        private Runnable tanh = OnnxRuntimePeers::missing;
        private Runnable gelu = OnnxRuntimePeers::missing;
        private Runnable geluTanh = OnnxRuntimePeers::missing;

        /** Fills the operand. */
        @Setup
        public void prepare() {
            FloatTensor x = input("x", Inputs.sizes(shape));
            exp = operator("Exp", List.of(), List.of(x), x.shape());
            tanh = operator("Tanh", List.of(), List.of(x), x.shape());
            gelu = operator(
                    "Gelu", List.of(OnnxRuntimeOperator.attribute("approximate", "none")), List.of(x), x.shape());
            geluTanh = operator(
                    "Gelu", List.of(OnnxRuntimeOperator.attribute("approximate", "tanh")), List.of(x), x.shape());
        }

        /** e to the power of x. */
        @Benchmark
        public void exp() {
            exp.run();
        }

        /** Hyperbolic tangent. */
        @Benchmark
        public void tanh() {
            tanh.run();
        }

        /** x·Φ(x). */
        @Benchmark
        public void gelu() {
            gelu.run();
        }

        /** The approximation of GELU by tanh. */
        @Benchmark
        public void geluTanh() {
            geluTanh.run();
        }
    }

    /** Layer normalisation of each row. */
    public static class LayerNormalization extends Peer {
        /** Rows×columns. */
        @Param({"128x1024", "4096x1024"})
        public String shape = "";

        private Runnable layerNorm = OnnxRuntimePeers::missing;

        /** Fills the operands. */
        @Setup
        public void prepare() {
            int[] sizes = Inputs.sizes(shape);
            FloatTensor x = input("x", sizes);
            layerNorm = operator(
                    "LayerNormalization",
                    List.of(OnnxRuntimeOperator.attribute("epsilon", 1e-12f)),
                    List.of(x, input("gain", sizes[1]), input("bias", sizes[1])),
                    x.shape());
        }

        /** y = (x - mean) / deviation · gain + bias. */
        @Benchmark
        public void layerNorm() {
            layerNorm.run();
        }
    }

    /** Softmax of each row. */
    public static class Softmax extends Peer {
        /** Rows×columns. */
        @Param({"2048x128", "6144x384"})
        public String shape = "";

        private Runnable softmax = OnnxRuntimePeers::missing;

        /** Fills the operand. */
        @Setup
        public void prepare() {
            FloatTensor x = input("x", Inputs.sizes(shape));
            softmax = operator("Softmax", List.of(), List.of(x), x.shape());
        }

        /** y = exp(x) / Σ exp(x). */
        @Benchmark
        public void softmax() {
            softmax.run();
        }
    }

    /** The first pooling of ResNet-50: windows of 3×3 that move by 2. */
    public static class MaxPooling extends Peer {
        /** Images×height×width×channels. */
        @Param("1x112x112x64")
        public String shape = "";

        private Runnable pool = OnnxRuntimePeers::missing;

        /** Fills the images. */
        @Setup
        public void prepare() {
            int[] sizes = Inputs.sizes(shape);
            FloatTensor images = input("images", sizes[0], sizes[3], sizes[1], sizes[2]);
            pool = operator(
                    "MaxPool",
                    List.of(
                            OnnxRuntimeOperator.attribute("kernel_shape", List.of(3L, 3L)),
                            OnnxRuntimeOperator.attribute("strides", List.of(2L, 2L)),
                            OnnxRuntimeOperator.attribute("pads", List.of(1L, 1L, 1L, 1L))),
                    List.of(images),
                    List.of((long) sizes[0], (long) sizes[3], (sizes[1] - 1) / 2 + 1L, (sizes[2] - 1) / 2 + 1L));
        }

        /** All pixels of a channel are neighbours. */
        @Benchmark
        public void maxPoolNchw() {
            pool.run();
        }
    }

    /** The last pooling of ResNet-50: the mean of each channel. */
    public static class GlobalPooling extends Peer {
        /** Images×height×width×channels. */
        @Param("1x7x7x2048")
        public String shape = "";

        private Runnable pool = OnnxRuntimePeers::missing;

        /** Fills the images. */
        @Setup
        public void prepare() {
            int[] sizes = Inputs.sizes(shape);
            FloatTensor images = input("images", sizes[0], sizes[3], sizes[1], sizes[2]);
            pool = operator(
                    "GlobalAveragePool",
                    List.of(),
                    List.of(images),
                    List.of((long) sizes[0], (long) sizes[3], 1L, 1L));
        }

        /** All pixels of a channel are neighbours. */
        @Benchmark
        public void globalAverageNchw() {
            pool.run();
        }
    }

    /**
     * Convolutions of images whose pixels of a channel are neighbours, with filters known beforehand as ours are: ONNX
     * Runtime then reorders them once, but images and results, which it blocks by channels, in each run.
     */
    public static class Convolution extends Peer {
        /** Images×height×width×channels×filters×window×stride×groups; padding is half a window. */
        @Param({
            "1x56x56x64x64x3x1x1",
            "1x28x28x128x128x3x1x1",
            "1x14x14x256x256x3x1x1",
            "1x7x7x512x512x3x1x1",
            "1x224x224x3x64x7x2x1",
            "1x56x56x64x256x1x1x1",
            "1x56x56x128x128x3x1x128"
        })
        public String shape = "";

        private Runnable convolution = OnnxRuntimePeers::missing;

        /** Fills images and filters. */
        @Setup
        public void prepare() {
            int[] sizes = Inputs.sizes(shape);
            int window = sizes[5];
            int stride = sizes[6];
            long padding = window / 2;
            int groups = sizes[7];
            FloatTensor images = input("images", sizes[0], sizes[3], sizes[1], sizes[2]);
            FloatTensor filters = input("filters", sizes[4], sizes[3] / groups, window, window);
            convolution = operator(
                    "Conv",
                    List.of(
                            OnnxRuntimeOperator.attribute("strides", List.of((long) stride, (long) stride)),
                            OnnxRuntimeOperator.attribute("pads", List.of(padding, padding, padding, padding)),
                            OnnxRuntimeOperator.attribute("group", (long) groups)),
                    List.of(images),
                    List.of(filters),
                    List.of(
                            (long) sizes[0],
                            (long) sizes[4],
                            (sizes[1] + 2 * padding - window) / stride + 1,
                            (sizes[2] + 2 * padding - window) / stride + 1));
        }

        /** All pixels of a channel are neighbours. */
        @Benchmark
        public void conv2dNchw() {
            convolution.run();
        }
    }

    private static void missing() {
        throw new IllegalStateException("not set up");
    }

    private static FloatTensor input(String name, int... sizes) {
        Long[] shape = Arrays.stream(sizes).asLongStream().boxed().toArray(Long[]::new);
        return FloatTensor.of(name, Inputs.floats(Arrays.stream(sizes).reduce(1, Math::multiplyExact)), shape);
    }

    private static Runnable operator(
            String operator, List<AttributeProto> attributes, List<FloatTensor> inputs, List<Long> shape) {
        return operator(operator, attributes, inputs, List.of(), shape);
    }

    private static Runnable operator(
            String operator,
            List<AttributeProto> attributes,
            List<FloatTensor> inputs,
            List<FloatTensor> constants,
            List<Long> shape) {
        int elements = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        FloatTensor output = FloatTensor.of("output", new float[elements], shape.toArray(Long[]::new));
        return OnnxRuntime.load()
                        .session(
                                OnnxRuntimeOperator.model(operator, attributes, inputs, constants, output),
                                inputs,
                                output)
                ::run;
    }
}
