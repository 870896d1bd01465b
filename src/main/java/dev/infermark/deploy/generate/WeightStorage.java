package dev.infermark.deploy.generate;

import dev.infermark.base.UserError;
import java.util.Locale;

/** How weights are stored on the device; they are computed with in 16 bits either way. */
public enum WeightStorage {
    /** As they are computed with. */
    BF16(2),
    /** Half as large; cast while they stream, which takes as long. */
    INT8(1);

    private final int bytes;

    WeightStorage(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of a weight. */
    public int bytes() {
        return bytes;
    }

    /** The storage that is called {@code name}. */
    public static WeightStorage named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "bf16", "fp16" -> BF16;
            case "int8" -> INT8;
            default -> throw new UserError("weights cannot be stored as " + name + "; use bf16 or int8");
        };
    }
}
