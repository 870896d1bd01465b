package dev.infermark.kernel.provider;

/** The instructions of a GPSIMD processor on its local memory. */
public interface GpsimdSupport {
    /** Keeps the first {@code kept} of {@code length} elements and replaces the others. */
    void affineSelect(float[] values, int offset, int length, int kept, float replacement);
}
