package dev.infermark.hardware;

import dev.infermark.base.UserError;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps from what an engine supports to a figure: copied in order, checked, and looked up with a clear refusal. */
final class Support {
    private Support() {}

    static <K extends Enum<K>> Map<K, Figure> copy(String key, Map<K, Figure> figures, Dimension dimension) {
        if (figures.isEmpty()) {
            throw new UserError("'" + key + "' is empty; name at least one");
        }
        figures.forEach((name, figure) -> figure.requirePositive(key + "." + label(name), dimension));
        return Collections.unmodifiableMap(new EnumMap<>(figures));
    }

    static <K extends Enum<K>> double get(String owner, Map<K, Figure> figures, K wanted) {
        Figure figure = figures.get(wanted);
        if (figure == null) {
            throw new UserError(owner + " does not support " + label(wanted) + "; it supports "
                    + figures.keySet().stream().map(Support::label).collect(Collectors.joining(", ")));
        }
        return figure.base();
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }
}
