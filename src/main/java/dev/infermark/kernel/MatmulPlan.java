package dev.infermark.kernel;

/**
 * A matmul, checked and ready to be computed many times; {@link TensorEngine#plan} makes one.
 *
 * <p>Each call reads what the arrays of A and B then hold, and overwrites C. One call at a time may use a plan. With
 * SIMD kernels that are compiled and have their buffers, a call allocates nothing but the few bytes that waiting for
 * another thread takes.
 */
public final class MatmulPlan {
    private final Runnable kernel;

    MatmulPlan(Runnable kernel) {
        this.kernel = kernel;
    }

    /** C = A·B. */
    public void run() {
        kernel.run();
    }
}
