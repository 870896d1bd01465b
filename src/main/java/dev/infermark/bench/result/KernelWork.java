package dev.infermark.bench.result;

import dev.infermark.bench.Inputs;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one call of an operation must do at least, whoever does it: every operand is read once and every result written
 * once.
 *
 * @param flops multiplications and additions of matmuls and convolutions; 0 where what counts is memory
 * @param bytesRead bytes of the operands
 * @param bytesWritten bytes of the result
 * @param elements elements of the result, or of the operand where the result is smaller
 */
public record KernelWork(double flops, double bytesRead, double bytesWritten, double elements) {
    private static final int FP32_BYTES = 4;
    /** More than any array of the benchmarks has, and any matmul of them multiplies. */
    private static final double MOST_ELEMENTS = 1e15;
    /** Windows that move by 2 in both directions leave a quarter of the elements. */
    private static final double POOLED_SHARE = 0.25;

    /** The work of a row by its operation, type and shape, empty where the operation has none that could be said. */
    public static Optional<KernelWork> of(BenchmarkId id) {
        OptionalInt bytes = bytes(id.type());
        if (bytes.isEmpty() || !id.shape().matches("[0-9]{1,9}(x[0-9]{1,9})*")) {
            return Optional.empty();
        }
        double[] sizes = Arrays.stream(Inputs.sizes(id.shape())).asDoubleStream().toArray();
        if (Arrays.stream(sizes).reduce(1, (some, more) -> some * more) > MOST_ELEMENTS) {
            return Optional.empty();
        }
        double width = bytes.getAsInt();
        return switch (id.operation()) {
            case Operation.Matmul matmul -> matmul(matmul, sizes, width);
            case Operation.Convolution _ -> convolution(sizes, width);
            case Operation.ElementFunction _, Operation.Normalization _, Operation.Movement _ ->
                    stream(sizes, 1, 1, width);
            case Operation.Conversion.DECODE -> stream(sizes, 1, FP32_BYTES / width, width);
            case Operation.Conversion.ENCODE, Operation.Conversion.ENCODE_STOCHASTIC ->
                    stream(sizes, FP32_BYTES / width, 1, width);
            // One operand comes twice, or is updated in place: two arrays pass, not three.
            case Operation.Pair _ -> stream(sizes, 1, 1, width);
            case Operation.RowReduction _ -> stream(sizes, 1, 0, width);
            case Operation.Pooling.GLOBAL_AVERAGE_NHWC, Operation.Pooling.GLOBAL_AVERAGE_NCHW ->
                    stream(sizes, 1, 0, width);
            case Operation.Pooling.MAX_POOL_NHWC, Operation.Pooling.MAX_POOL_NCHW ->
                    stream(sizes, 1, POOLED_SHARE, width);
            // The copy that is measured beside a custom operator is its limit.
            case Operation.Custom _, Operation.Reference _, Operation.OwnCode _, Operation.Unknown _ ->
                    Optional.empty();
        };
    }

    /** Bytes that the operation touches. */
    double workingSet() {
        return bytesRead + bytesWritten;
    }

    private static Optional<KernelWork> matmul(Operation.Matmul matmul, double[] sizes, double width) {
        return switch (matmul) {
            case MATRIX_VECTOR -> matmul(sizes.length == 2 ? new double[] {sizes[0], sizes[1], 1} : sizes, width);
            case MATMUL, MATMUL_PSUM, MATMUL_TWO_THREADS -> matmul(sizes, width);
        };
    }

    /** A is m×k, B is k×n; sums have four bytes each, as FP32 or INT32. */
    private static Optional<KernelWork> matmul(double[] sizes, double width) {
        if (sizes.length != 3) {
            return Optional.empty();
        }
        double m = sizes[0];
        double k = sizes[1];
        double n = sizes[2];
        return Optional.of(new KernelWork(2 * m * k * n, width * (m * k + k * n), FP32_BYTES * m * n, m * n));
    }

    /** Images×height×width×channels×filters×window×stride×groups, with half a window of padding. */
    private static Optional<KernelWork> convolution(double[] sizes, double width) {
        if (sizes.length != 8) {
            return Optional.empty();
        }
        double images = sizes[0] * sizes[1] * sizes[2] * sizes[3];
        double window = sizes[5];
        double padding = 2 * Math.floor(window / 2);
        double taps = window * window * sizes[3] / sizes[7];
        double results = sizes[0]
                * (Math.floor((sizes[1] + padding - window) / sizes[6]) + 1)
                * (Math.floor((sizes[2] + padding - window) / sizes[6]) + 1)
                * sizes[4];
        return Optional.of(
                new KernelWork(2 * results * taps, width * (images + sizes[4] * taps), FP32_BYTES * results, results));
    }

    private static Optional<KernelWork> stream(double[] sizes, double inputs, double outputs, double width) {
        double elements = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        return Optional.of(new KernelWork(0, inputs * width * elements, outputs * width * elements, elements));
    }

    private static OptionalInt bytes(String type) {
        return switch (type) {
            case "fp64" -> OptionalInt.of(8);
            case "fp32", "tf32", "int32" -> OptionalInt.of(4);
            case "bf16", "fp16", "int16" -> OptionalInt.of(2);
            case "int8", "uint8", "cfp8", "e5m2", "e4m3", "e3m4" -> OptionalInt.of(1);
            default -> OptionalInt.empty();
        };
    }
}
