package dev.infermark.reader.hlo;

import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.List;

/** The result of an instruction: an array, or a tuple of results. */
sealed interface HloValue {

    /** An array; its tensor may lack axes that broadcasting would give it. */
    record Array(Value value) implements HloValue {}

    /** Several results. */
    record Tuple(List<HloValue> parts) implements HloValue {
        /** Copies the list. */
        public Tuple {
            parts = List.copyOf(parts);
        }
    }

    /** Results in the order of their declaration, taken from the list, as a tuple where they are declared as one. */
    static HloValue shaped(HloShape shape, List<Value> results) {
        if (shape.array().isPresent()) {
            return new Array(results.removeFirst());
        }
        List<HloValue> parts = new ArrayList<>();
        shape.parts().forEach(part -> parts.add(shaped(part, results)));
        return new Tuple(parts);
    }

    /** The array. */
    default Value array() {
        return switch (this) {
            case Array(Value value) -> value;
            case Tuple _ -> throw new IllegalArgumentException("an array expected, got a tuple");
        };
    }

    /** One part of the tuple. */
    default HloValue part(int index) {
        return switch (this) {
            case Array _ -> throw new IllegalArgumentException("a tuple expected, got an array");
            case Tuple(List<HloValue> parts) -> {
                if (index < 0 || index >= parts.size()) {
                    throw new IllegalArgumentException("part " + index + " of a tuple of " + parts.size());
                }
                yield parts.get(index);
            }
        };
    }

    /** All arrays in it. */
    default List<Value> arrays() {
        return switch (this) {
            case Array(Value value) -> List.of(value);
            case Tuple(List<HloValue> parts) -> parts.stream().flatMap(part -> part.arrays().stream()).toList();
        };
    }
}
