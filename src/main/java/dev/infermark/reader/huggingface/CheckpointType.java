package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.numerics.DataType;

/** The type that a config says its weights are stored and computed in. */
final class CheckpointType {

    private CheckpointType() {}

    /** The type under {@code dtype} or {@code torch_dtype}; FP32, the framework's default, where there is none. */
    static DataType of(Config config) {
        String older = config.text("torch_dtype", "float32");
        String name = config.text("dtype", older);
        return switch (name.replace("torch.", "")) {
            case "float32", "float", "auto" -> DataType.FP32;
            case "bfloat16" -> DataType.BF16;
            case "float16", "half" -> DataType.FP16;
            default ->
                throw new UserError(config.origin() + ": dtype \"" + name
                        + "\" is not modelled, only float32, bfloat16 and float16");
        };
    }
}
