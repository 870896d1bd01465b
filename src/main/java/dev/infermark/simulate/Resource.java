package dev.infermark.simulate;

/** What a stage can wait for. */
public enum Resource {
    /** The systolic array. */
    TENSOR("TensorE"),
    /** The Vector engine. */
    VECTOR("VectorE"),
    /** The Scalar engine. */
    SCALAR("ScalarE"),
    /** The GPSIMD engine. */
    GPSIMD("GpSimdE"),
    /** The DMA engines, and behind them the device memory. */
    DMA("DMA");

    private final String label;

    Resource(String label) {
        this.label = label;
    }

    /** The name as the vendor's profiler writes it. */
    public String label() {
        return label;
    }
}
