package dev.infermark.plan.sweep;

import java.util.List;

/** What a row says of its combination of settings. */
public sealed interface Answer {

    /**
     * The answer.
     *
     * @param values one for each of {@link Rows#columns()}, of its kind
     */
    record Values(List<Object> values) implements Answer {
        /** Copies the list. */
        public Values {
            values = List.copyOf(values);
        }
    }

    /**
     * There is none.
     *
     * @param reason why
     */
    record Refused(String reason) implements Answer {}
}
