package dev.infermark.cli;

import java.util.Optional;

/**
 * A model that is to be served, and what clients call it.
 *
 * @param name what they call it; where it is empty, the model's own name
 * @param model a built-in name or a model file
 */
record NamedModel(Optional<String> name, String model) {
    /** Reads {@code NAME=MODEL}, or a model alone; a '=' after a '/' is part of a path. */
    static NamedModel parse(String text) {
        int equals = text.indexOf('=');
        return equals < 0 || text.lastIndexOf('/', equals) >= 0
                ? new NamedModel(Optional.empty(), text)
                : new NamedModel(Optional.of(text.substring(0, equals)), text.substring(equals + 1));
    }
}
