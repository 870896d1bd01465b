package dev.infermark.kernel.simd;

/** Computes units of products; it owns its buffers, so that one thread uses it at a time. */
interface ProductWorker {
    /** Takes units of the product and computes them until none is left. */
    void multiply(Product<?> product, UnitQueue queue);
}
