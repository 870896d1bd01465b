package dev.infermark.kernel;

/**
 * How products are summed up, and the array that sums lie in.
 *
 * @param <R> the array
 */
public interface Sums<R> {
    /** FP32 sums. */
    Sums<float[]> FP32 = new Fp32();

    /** INT32 sums, which wrap around as Java's do. */
    Sums<int[]> INT32 = new Int32();

    /** Sets one sum to zero. */
    void clear(R sums, int index);

    /** Adds a product to one sum. */
    void addProduct(float a, float b, R sums, int index);

    /** Copies consecutive sums that were formed in FP32, exactly so if they are integers. */
    void store(float[] from, int fromOffset, R to, int toOffset, int length);

    /** Adds to consecutive sums others that were formed in FP32, exactly so if they are integers. */
    void add(float[] from, int fromOffset, R to, int toOffset, int length);

    /** FP32 sums. */
    final class Fp32 implements Sums<float[]> {
        private Fp32() {}

        @Override
        public void clear(float[] sums, int index) {
            sums[index] = 0;
        }

        @Override
        public void addProduct(float a, float b, float[] sums, int index) {
            sums[index] += a * b;
        }

        @Override
        public void store(float[] from, int fromOffset, float[] to, int toOffset, int length) {
            System.arraycopy(from, fromOffset, to, toOffset, length);
        }

        @Override
        public void add(float[] from, int fromOffset, float[] to, int toOffset, int length) {
            for (int i = 0; i < length; i++) {
                to[toOffset + i] += from[fromOffset + i];
            }
        }
    }

    /** INT32 sums. */
    final class Int32 implements Sums<int[]> {
        private Int32() {}

        @Override
        public void clear(int[] sums, int index) {
            sums[index] = 0;
        }

        @Override
        public void addProduct(float a, float b, int[] sums, int index) {
            sums[index] += ((int) a) * ((int) b);
        }

        @Override
        public void store(float[] from, int fromOffset, int[] to, int toOffset, int length) {
            for (int i = 0; i < length; i++) {
                to[toOffset + i] = (int) from[fromOffset + i];
            }
        }

        @Override
        public void add(float[] from, int fromOffset, int[] to, int toOffset, int length) {
            for (int i = 0; i < length; i++) {
                to[toOffset + i] += (int) from[fromOffset + i];
            }
        }
    }
}
