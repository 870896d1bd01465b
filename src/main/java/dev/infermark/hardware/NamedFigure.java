package dev.infermark.hardware;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A figure with the key under which hardware files name it.
 *
 * @param key path of keys, such as {@code core.tensor.clock}
 * @param figure the figure
 */
public record NamedFigure(String key, Figure figure) {

    /** Every figure of a chip, those of its core included. */
    public static List<NamedFigure> of(Chip chip) {
        return collect(chip);
    }

    /** Every figure of an instance, those of its chip excluded. */
    public static List<NamedFigure> of(Instance instance) {
        return collect(instance).stream().filter(named -> !named.key.startsWith("chip.")).toList();
    }

    private static List<NamedFigure> collect(Record root) {
        List<NamedFigure> found = new ArrayList<>();
        collect("", root, found);
        return List.copyOf(found);
    }

    private static void collect(String key, Object value, List<NamedFigure> found) {
        String prefix = key.isEmpty() ? "" : key + ".";
        switch (value) {
            case Figure figure -> found.add(new NamedFigure(key, figure));
            case Optional<?> optional -> optional.ifPresent(present -> collect(key, present, found));
            case Map<?, ?> map -> map.forEach((name, entry) ->
                    collect(prefix + Support.label((Enum<?>) name), entry, found));
            case Record parts -> {
                for (RecordComponent component : parts.getClass().getRecordComponents()) {
                    collect(prefix + component.getName(), read(component, parts), found);
                }
            }
            default -> { /* names and restrictions hold no figures */ }
        }
    }

    private static Object read(RecordComponent component, Record owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
