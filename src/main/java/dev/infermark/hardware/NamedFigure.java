package dev.infermark.hardware;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A figure with the key under which hardware files name it.
 *
 * @param key path of keys within its core, chip or instance, such as {@code tensor.clock}
 * @param figure the figure
 */
public record NamedFigure(String key, Figure figure) {

    /** Every figure of a core. */
    public static List<NamedFigure> of(NeuronCore core) {
        return collect(core);
    }

    /** Every figure of a chip but those of its core. */
    public static List<NamedFigure> of(Chip chip) {
        return collect(chip).stream().filter(named -> !named.key.startsWith("core.")).toList();
    }

    /** Every figure of an instance but those of its chip. */
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
