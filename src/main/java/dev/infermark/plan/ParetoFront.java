package dev.infermark.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What nothing else beats in two respects at once. */
public final class ParetoFront {
    private ParetoFront() {}

    /** The items of which no other is less in one respect and no more in the other, by rising first respect. */
    public static <T> List<T> of(List<T> items, ToDoubleFunction<T> first, ToDoubleFunction<T> second) {
        List<T> front = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (T item : items.stream()
                .sorted(Comparator.comparingDouble(first).thenComparingDouble(second))
                .toList()) {
            if (second.applyAsDouble(item) < least) {
                least = second.applyAsDouble(item);
                front.add(item);
            }
        }
        return front;
    }
}
