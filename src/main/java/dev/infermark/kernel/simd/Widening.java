package dev.infermark.kernel.simd;

import dev.infermark.kernel.Element;

/**
 * How elements become FP32 while they are packed.
 *
 * @param <T> the array they lie in
 */
public interface Widening<T> {
    /** The widening of an element type. */
    @SuppressWarnings("unchecked") // each element type fixes T, which the compiler does not conclude from its pattern
    static <T> Widening<T> of(Element<T, ?> element) {
        return (Widening<T>) switch (element) {
            case Element.Fp32 _ -> Fp32Widening.INSTANCE;
            case Element.Tf32 _ -> Tf32Widening.INSTANCE;
            case Element.Bf16 _ -> Bf16Widening.INSTANCE;
            case Element.Fp16 _ -> Fp16Widening.INSTANCE;
            case Element.Cfp8 cfp8 -> new Cfp8Widening(cfp8);
            case Element.Int8 _ -> IntegerWidening.INT8;
            case Element.Uint8 _ -> IntegerWidening.UINT8;
        };
    }

    /** Widens {@code rows} rows of {@code columns} contiguous elements. */
    void widen(
            T from, int fromOffset, int fromStride, int rows, int columns, float[] to, int toOffset, int toStride);
}
