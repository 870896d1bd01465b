package dev.infermark.kernel.simd;

import dev.infermark.kernel.provider.GpsimdSupport;
import java.util.Arrays;

/** The JDK's own vectorised fill. */
final class SimdGpsimd implements GpsimdSupport {
    @Override
    public void affineSelect(float[] values, int offset, int length, int kept, float replacement) {
        int first = Math.clamp(kept, 0, length);
        Arrays.fill(values, offset + first, offset + length, replacement);
    }
}
