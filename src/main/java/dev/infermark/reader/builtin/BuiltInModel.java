package dev.infermark.reader.builtin;

import dev.infermark.reader.ModelSource;
import java.util.List;

/**
 * A model that needs no file.
 *
 * @param name its published name
 * @param aliases other names it is found by
 * @param family what it is a variant of, such as {@code bert}
 * @param origin where its sizes were published
 * @param source the network
 */
public record BuiltInModel(String name, List<String> aliases, String family, String origin, ModelSource source) {

    /** Copies the list. */
    public BuiltInModel {
        aliases = List.copyOf(aliases);
    }
}
