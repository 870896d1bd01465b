package dev.infermark.hardware;

import dev.infermark.base.UserError;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Look-up by name that ignores case and, when nothing matches, says what exists and which name is nearest. */
public final class Names {
    private Names() {}

    /**
     * The item of that name.
     *
     * @param what what the items are, such as {@code chip}
     * @throws UserError when no item has the name
     */
    public static <T> T find(String what, String name, Collection<T> items, Function<T, String> nameOf) {
        return items.stream()
                .filter(item -> nameOf.apply(item).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        missing(what, name, items.stream().map(nameOf).toList())));
    }

    private static String missing(String what, String name, Collection<String> names) {
        String nearest = names.stream()
                .min(Comparator.comparingInt(known -> distance(lower(known), lower(name))))
                .filter(known -> distance(lower(known), lower(name)) <= Math.max(2, name.length() / 2))
                .map(known -> "did you mean " + known + "? ")
                .orElse("");
        return "unknown " + what + " '" + name + "'; " + nearest + "there are "
                + names.stream().collect(Collectors.joining(", "));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance: the fewest letters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
