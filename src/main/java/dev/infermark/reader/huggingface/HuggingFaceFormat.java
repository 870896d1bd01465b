package dev.infermark.reader.huggingface;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.reader.ModelFormat;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.file.ModelFile;
import dev.infermark.reader.file.ModelKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A {@code config.json}, or the folder of a downloaded model that holds one. */
public final class HuggingFaceFormat implements ModelFormat {
    private static final String CONFIG = "config.json";
    private static final long LARGEST_FILE = 10_000_000;

    @Override
    public String title() {
        return "Hugging Face config (.json, or a folder with config.json)";
    }

    @Override
    public boolean recognises(Path file) {
        if (Files.isDirectory(file)) {
            return Files.isRegularFile(file.resolve(CONFIG));
        }
        Optional<ModelKind> kind = ModelFile.open(file).kind();
        boolean isBrokenJson = kind.isEmpty() && file.toString().endsWith(".json");
        return kind.equals(Optional.of(ModelKind.HUGGING_FACE_CONFIG)) || isBrokenJson;
    }

    @Override
    public ModelSource open(Path file) {
        Path config = Files.isDirectory(file) ? file.resolve(CONFIG) : file;
        try {
            if (Files.exists(config) && Files.size(config) > LARGEST_FILE) {
                throw new UserError(config + " has more than " + LARGEST_FILE + " bytes; give the model's config.json");
            }
        } catch (IOException e) {
            throw new UserError("cannot read " + config + ": " + e.getMessage(), e);
        }
        return HuggingFaceModel.parse(config.toString(), withoutMark(SafeFiles.read(config)));
    }

    /** A text without the byte order mark that editors of some systems write. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
