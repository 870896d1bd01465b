package dev.infermark.regress.golden;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedSet;

/**
 * A modelled number that is not the committed one.
 *
 * @param key its row
 * @param before the committed number, empty where the row is new
 * @param after the number now, empty where the row is gone
 * @param published what was published for it, empty where nothing was
 */
public record GoldenDifference(
        GoldenKey key, Optional<String> before, Optional<String> after, Optional<String> published) {

    /** What is further off is no prediction of the same thing. */
    private static final double LARGEST_ERROR = 1e9;

    /** Every row whose number differs in any digit, is new or is gone; rows of the golden table first. */
    public static List<GoldenDifference> between(
            GoldenTable golden, GoldenTable current, String value, String published) {
        SequencedSet<GoldenKey> keys = new LinkedHashSet<>(golden.rows().keySet());
        keys.addAll(current.rows().keySet());
        List<GoldenDifference> differences = new ArrayList<>();
        for (GoldenKey key : keys) {
            Optional<String> before = golden.get(key, value);
            Optional<String> after = current.get(key, value);
            boolean bothHaveRow = golden.rows().containsKey(key) && current.rows().containsKey(key);
            if (!bothHaveRow || !isSame(before, after)) {
                differences.add(new GoldenDifference(
                        key, before, after, current.get(key, published).or(() -> golden.get(key, published))));
            }
        }
        return List.copyOf(differences);
    }

    /** Relative error of a number against the published one, where both are numbers and not many orders apart. */
    public OptionalDouble error(Optional<String> number) {
        OptionalDouble modelled = number(number);
        OptionalDouble truth = number(published);
        if (modelled.isEmpty() || truth.isEmpty()) {
            return OptionalDouble.empty();
        }
        double error = modelled.getAsDouble() / truth.getAsDouble() - 1;
        return Math.abs(error) <= LARGEST_ERROR ? OptionalDouble.of(error) : OptionalDouble.empty();
    }

    /** The text as a finite number, where it is one. */
    public static OptionalDouble number(Optional<String> text) {
        try {
            return text.map(Double::parseDouble)
                    .filter(Double::isFinite)
                    .map(OptionalDouble::of)
                    .orElse(OptionalDouble.empty());
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** {@code 1.50} and {@code 1.5} are the same number; words must be the same words. */
    private static boolean isSame(Optional<String> before, Optional<String> after) {
        OptionalDouble a = number(before);
        OptionalDouble b = number(after);
        boolean areNumbers = a.isPresent() && b.isPresent();
        return areNumbers ? a.getAsDouble() == b.getAsDouble() : before.equals(after);
    }
}
