package dev.infermark.kernel;

/**
 * How a matmul is computed.
 *
 * @param accumulation order of the sums
 * @param threads most threads to use, at least 1: the caller's and those of {@link
 *     java.util.concurrent.ForkJoinPool#commonPool()}; the results do not depend on it
 * @param batch how many matmuls
 */
public record MatmulOptions(Accumulation accumulation, int threads, Batch batch) {
    /** One matmul in the fastest order, on the caller's thread. */
    public static final MatmulOptions FAST = new MatmulOptions(Accumulation.FAST, 1, Batch.SINGLE);

    /** One matmul in the order of PSUM, on the caller's thread. */
    public static final MatmulOptions PSUM = new MatmulOptions(Accumulation.PSUM, 1, Batch.SINGLE);

    /** Checks the number of threads. */
    public MatmulOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
    }

    /** The same on up to as many threads. */
    public MatmulOptions withThreads(int most) {
        return new MatmulOptions(accumulation, most, batch);
    }

    /** The same for several matmuls. */
    public MatmulOptions withBatch(Batch matmuls) {
        return new MatmulOptions(accumulation, threads, matmuls);
    }
}
