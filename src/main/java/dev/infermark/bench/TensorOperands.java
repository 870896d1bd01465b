package dev.infermark.bench;

import dev.infermark.base.UserError;
import dev.infermark.kernel.Element;
import dev.infermark.kernel.MatmulOptions;
import dev.infermark.kernel.MatmulPlan;
import dev.infermark.kernel.Matrix;
import dev.infermark.kernel.Operand;
import dev.infermark.kernel.TensorEngine;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.FloatFormat;
import java.util.function.Supplier;

/** A, B and C of a matmul. */
record TensorOperands<R>(Operand<?, R> a, Operand<?, R> b, Matrix<R> c) {
    /**
     * Operands with random elements.
     *
     * @param type such as {@code bf16}; cFP8 by the name of its format
     * @param shape m×k×n
     */
    static TensorOperands<?> of(String type, String shape) {
        int[] sizes = Inputs.sizes(shape);
        int m = sizes[0];
        int k = sizes[1];
        int n = sizes[2];
        return switch (type) {
            case "fp32" -> floats(Element.FP32, Inputs.floats(m * k), Inputs.floats(k * n), m, k, n);
            case "tf32" -> floats(Element.TF32, Inputs.floats(m * k), Inputs.floats(k * n), m, k, n);
            case "bf16" -> shorts(Element.BF16, FloatFormat.BF16, m, k, n);
            case "fp16" -> shorts(Element.FP16, FloatFormat.FP16, m, k, n);
            case "e5m2" -> cfp8(FloatFormat.E5M2, m, k, n);
            case "e4m3" -> cfp8(FloatFormat.E4M3, m, k, n);
            case "e3m4" -> cfp8(FloatFormat.E3M4, m, k, n);
            case "int8" -> integers(Element.INT8, m, k, n);
            case "uint8" -> integers(Element.UINT8, m, k, n);
            default -> throw new UserError("no matmul of type " + type
                    + ": use fp32, tf32, bf16, fp16, e5m2, e4m3, e3m4, int8 or uint8");
        };
    }

    private static TensorOperands<float[]> cfp8(FloatFormat format, int m, int k, int n) {
        Encoder encoder = Encoder.of(format);
        return floats(
                Element.cfp8(format),
                encoder.toBytes(Inputs.floats(m * k)),
                encoder.toBytes(Inputs.floats(k * n)),
                m,
                k,
                n);
    }

    private static TensorOperands<float[]> shorts(
            Element<short[], float[]> element, FloatFormat format, int m, int k, int n) {
        Encoder encoder = Encoder.of(format);
        return floats(
                element, encoder.toShorts(Inputs.floats(m * k)), encoder.toShorts(Inputs.floats(k * n)), m, k, n);
    }

    private static TensorOperands<int[]> integers(Element<byte[], int[]> element, int m, int k, int n) {
        return new TensorOperands<>(
                Operand.of(element, Matrix.of(Inputs.bytes(m * k), m, k)),
                Operand.of(element, Matrix.of(Inputs.bytes(k * n), k, n)),
                Matrix.of(new int[m * n], m, n));
    }

    private static <T> TensorOperands<float[]> floats(
            Element<T, float[]> element, T a, T b, int m, int k, int n) {
        return new TensorOperands<>(
                Operand.of(element, Matrix.of(a, m, k)),
                Operand.of(element, Matrix.of(b, k, n)),
                Matrix.of(new float[m * n], m, n));
    }

    /** C = A·B, which gives the array of C whenever it runs. */
    Supplier<Object> plan(TensorEngine engine, MatmulOptions options) {
        MatmulPlan plan = engine.plan(a, b, c, options);
        return () -> {
            plan.run();
            return c.data();
        };
    }
}
