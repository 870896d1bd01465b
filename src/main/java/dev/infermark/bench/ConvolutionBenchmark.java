package dev.infermark.bench;

import dev.infermark.base.UserError;
import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.ConvolutionPlan;
import dev.infermark.kernel.Element;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.ImageLayout;
import dev.infermark.kernel.ImageShape;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.TensorEngine;
import dev.infermark.kernel.Window;
import dev.infermark.numerics.DataType;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
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

/**
 * Convolutions of the Tensor engine, with filters packed beforehand: those of ResNet-50 with 3×3 windows, its first
 * one, one of 1×1, and a depthwise one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConvolutionBenchmark {
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

    /** Element type of images and filters. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param("simd")
    public String implementation = "";

    private Supplier<Object> nhwc = Inputs.missing();
    private Supplier<Object> nchw = Inputs.missing();

    /** Fills images and filters and packs the latter. */
    @Setup
    public void prepare() {
        nhwc = prepare(ImageLayout.NHWC);
        nchw = prepare(ImageLayout.NCHW);
    }

    private Supplier<Object> prepare(ImageLayout layout) {
        int[] sizes = Inputs.sizes(shape);
        Window window = Window.of(sizes[5]).withStride(sizes[6]).withPadding(sizes[5] / 2, sizes[5] / 2);
        ImageShape images = new ImageShape(layout, sizes[0], sizes[1], sizes[2], sizes[3]);
        Convolution2d convolution = new Convolution2d(images, window, window, sizes[4], sizes[7]);
        int inputs = images.elements();
        int filters = convolution.filters() * convolution.depth();
        int outputs = convolution.output().elements();
        Encoder bf16 = Encoder.of(FloatFormat.BF16);
        return switch (DataType.valueOf(type.toUpperCase(Locale.ROOT))) {
            case FP32 -> prepare(
                    convolution,
                    Element.FP32,
                    Inputs.floats(filters),
                    Inputs.floats(inputs),
                    new float[outputs]);
            case BF16 -> prepare(
                    convolution,
                    Element.BF16,
                    bf16.toShorts(Inputs.floats(filters)),
                    bf16.toShorts(Inputs.floats(inputs)),
                    new float[outputs]);
            case INT8 -> prepare(
                    convolution, Element.INT8, Inputs.bytes(filters), Inputs.bytes(inputs), new int[outputs]);
            case TF32, FP16, CFP8, INT32, INT16, UINT8, INT64, FP64, BOOL ->
                throw new UserError("no benchmark of convolutions of type " + type + ": use fp32, bf16 or int8");
        };
    }

    private <T, R> Supplier<Object> prepare(
            Convolution2d convolution, Element<T, R> operands, T filters, T input, R output) {
        TensorEngine engine = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .tensor();
        ConvolutionPlan<T, R> plan = engine.conv2d(convolution, operands, filters);
        return () -> {
            plan.run(input, output);
            return output;
        };
    }

    /** All channels of a pixel are neighbours. */
    @Benchmark
    public Object conv2dNhwc() {
        return nhwc.get();
    }

    /** All pixels of a channel are neighbours. */
    @Benchmark
    public Object conv2dNchw() {
        return nchw.get();
    }
}
