package dev.infermark.reader;

import dev.infermark.base.UserError;
import dev.infermark.reader.builtin.BuiltInModel;
import dev.infermark.reader.builtin.Catalogue;
import dev.infermark.reader.huggingface.HuggingFaceFormat;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what a user means by {@code --model NAME_OR_FILE}. */
public final class Models {
    /** Every kind of model file; a new one needs one line here. */
    private static final List<ModelFormat> FORMATS = List.of(new HuggingFaceFormat(), new GraphFileFormat());

    private static final int SUGGESTIONS = 3;

    private Models() {}

    /**
     * The model in this file, else the built-in model of this name, else the one in this folder.
     *
     * @throws UserError when there is neither, when the name is of a model that cannot be predicted, or when the file
     *     is broken
     */
    public static ModelSource find(String nameOrFile) {
        Optional<Path> path = path(nameOrFile).filter(Files::exists);
        if (path.filter(Files::isRegularFile).isPresent()) {
            return read(path.get());
        }
        Optional<BuiltInModel> builtIn = Catalogue.shared().find(nameOrFile);
        if (builtIn.isPresent()) {
            return builtIn.get().source();
        }
        return read(path.orElseThrow(() -> unknown(nameOrFile)));
    }

    private static ModelSource read(Path file) {
        return FORMATS.stream()
                .filter(format -> format.recognises(file))
                .findFirst()
                .orElseThrow(() -> new UserError(file + " is no model file that is known; give one of: "
                        + FORMATS.stream().map(ModelFormat::title).collect(Collectors.joining(", "))))
                .open(file);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static UserError unknown(String name) {
        if (name.matches("[./~].*|.*\\.(onnx|pb|json|hlo|txt)")) {
            return new UserError("no such file: " + name + "; check the path (infermark models lists built-in models)");
        }
        List<String> near = Catalogue.shared().nearest(name, SUGGESTIONS);
        return new UserError("no model \"" + name + "\" is built in and no such file exists; the nearest names are "
                + String.join(", ", near) + " (all: infermark models)");
    }
}
