package dev.infermark.kernel.reference;

import dev.infermark.kernel.provider.GpsimdSupport;

/** One element after the other. */
final class ReferenceGpsimd implements GpsimdSupport {
    @Override
    public void affineSelect(float[] values, int offset, int length, int kept, float replacement) {
        for (int i = 0; i < length; i++) {
            values[offset + i] = i < kept ? values[offset + i] : replacement;
        }
    }
}
