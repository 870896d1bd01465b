package dev.infermark.reader.hlo;

import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.List;

/** The result of an instruction: an array, or a tuple of results. */
sealed interface HloValue {

    /** An array; its tensor may lack axes that broadcasting would give it. */
    record Array(Value value) implements HloValue {}

    /** Several results. */
    record Tuple(List<HloValue> parts, long size) implements HloValue {
        private static final int MOST_ARRAYS = 100_000;

        /** Copies the list. */
        public Tuple {
            parts = List.copyOf(parts);
        }

        /** Counts the arrays, since a tuple of itself twice grows faster than the file that says so. */
        Tuple(List<HloValue> parts) {
            this(parts, parts.stream().mapToLong(HloValue::size).sum());
            if (size > MOST_ARRAYS) {
                throw new IllegalArgumentException("a tuple of more than " + MOST_ARRAYS + " arrays");
            }
        }
    }

    /** How many arrays it has. */
    default long size() {
        return switch (this) {
            case Array _ -> 1;
            case Tuple tuple -> tuple.size;
        };
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
            case Tuple(List<HloValue> parts, _) -> {
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
            case Tuple(List<HloValue> parts, _) -> parts.stream().flatMap(part -> part.arrays().stream()).toList();
        };
    }
}
