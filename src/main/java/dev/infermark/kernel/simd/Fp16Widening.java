package dev.infermark.kernel.simd;


/** FP16 by the JDK; a signalling NaN may stay one, since products make it quiet. */
final class Fp16Widening implements Widening<short[]> {
    static final Fp16Widening INSTANCE = new Fp16Widening();

    private Fp16Widening() {}

    @Override
    public void widen(
            short[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        for (int i = 0; i < rows; i++) {
            HalfFloats.decode(from, fromOffset + i * fromStride, to, toOffset + i * toStride, columns);
        }
    }
}
