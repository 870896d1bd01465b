package dev.infermark.reader;

import dev.infermark.base.UserError;
import java.nio.file.Path;

/** A kind of model file. */
public interface ModelFormat {

    /** What users call the format, with the file suffixes it goes by, such as {@code ONNX (.onnx)}. */
    String title();

    /** Whether this format reads the file or folder, told by its content. */
    boolean recognises(Path file);

    /**
     * Reads the file.
     *
     * @throws UserError when it is broken, truncated or too large
     */
    ModelSource open(Path file);
}
