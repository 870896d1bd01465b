package dev.infermark.kernel.simd;

/**
 * Where the FP32 results of a tile go.
 *
 * @param <R> the array of results
 */
interface Sink<R> {
    /** FP32 results. */
    Sink<float[]> FP32 = new Fp32();

    /** INT32 results from tiles whose values are integers. */
    Sink<int[]> INT32 = new Int32();

    /** Stores consecutive results of the first K block. */
    void store(float[] tile, int tileOffset, R to, int toOffset, int length);

    /** Adds consecutive results of a later K block. */
    void add(float[] tile, int tileOffset, R to, int toOffset, int length);

    /** FP32 results. */
    final class Fp32 implements Sink<float[]> {
        private Fp32() {}

        @Override
        public void store(float[] tile, int tileOffset, float[] to, int toOffset, int length) {
            System.arraycopy(tile, tileOffset, to, toOffset, length);
        }

        @Override
        public void add(float[] tile, int tileOffset, float[] to, int toOffset, int length) {
            for (int i = 0; i < length; i++) {
                to[toOffset + i] += tile[tileOffset + i];
            }
        }
    }

    /** INT32 results. */
    final class Int32 implements Sink<int[]> {
        private Int32() {}

        @Override
        public void store(float[] tile, int tileOffset, int[] to, int toOffset, int length) {
            for (int i = 0; i < length; i++) {
                to[toOffset + i] = (int) tile[tileOffset + i];
            }
        }

        @Override
        public void add(float[] tile, int tileOffset, int[] to, int toOffset, int length) {
            for (int i = 0; i < length; i++) {
                to[toOffset + i] += (int) tile[tileOffset + i];
            }
        }
    }
}
