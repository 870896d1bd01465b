package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.SplittableRandom;

/** Tensors to measure operators with, the same in every run. */
public final class Examples {
    private static final long SEED = 20_231_107;

    private Examples() {}

    /** FP32 values between -1 and 1, or integers or codes of any value. */
    public static Tensor uniform(TensorSpec spec) {
        SplittableRandom random = new SplittableRandom(SEED);
        Tensor tensor = Tensor.empty(spec);
        switch (tensor.storage()) {
            case Storage.Floats storage -> {
                float[] values = storage.values();
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextDouble(-1, 1);
                }
            }
            case Storage.Ints storage -> {
                int[] values = storage.values();
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextInt();
                }
            }
            case Storage.Shorts storage -> {
                short[] values = storage.values();
                for (int i = 0; i < values.length; i++) {
                    values[i] = (short) random.nextInt();
                }
            }
            case Storage.Bytes storage -> random.nextBytes(storage.values());
        }
        return tensor;
    }

    /** INT32 values from 0 up to, not including, the bound. */
    public static Tensor indices(int bound, int... sizes) {
        int count = Math.toIntExact(TensorSpec.of(DataType.INT32, sizes).elements());
        return Tensor.of(new SplittableRandom(SEED).ints(count, 0, bound).toArray(), sizes);
    }
}
