package dev.infermark.report.document;

import java.util.List;
import java.util.Locale;

/**
 * A table whose cells each hold what was published over what is modelled, under two rows of headings.
 *
 * @param caption what it shows
 * @param keys headings of the columns that tell lines apart
 * @param groups headings of the pairs
 * @param lines the content
 */
public record PairTable(String caption, List<String> keys, List<Group> groups, List<Line> lines) {

    /** Copies the lists and refuses lines of another length. */
    public PairTable {
        keys = List.copyOf(keys);
        groups = List.copyOf(groups);
        lines = List.copyOf(lines);
        int pairs = groups.stream().mapToInt(group -> group.columns().size()).sum();
        for (Line line : lines) {
            if (line.keys().size() != keys.size() || line.pairs().size() != pairs) {
                throw new IllegalArgumentException("a line of another length than its headings: " + line);
            }
        }
    }

    /**
     * Columns with one heading.
     *
     * @param title quantity and unit
     * @param columns what tells them apart, or one empty name where the group has one column
     */
    public record Group(String title, List<String> columns) {

        /** Copies the list. */
        public Group {
            columns = List.copyOf(columns);
        }

        /** A group of one column. */
        public static Group single(String title) {
            return new Group(title, List.of(""));
        }
    }

    /**
     * One line.
     *
     * @param keys what it is about
     * @param pairs its numbers
     */
    public record Line(List<String> keys, List<Pair> pairs) {

        /** Copies the lists. */
        public Line {
            keys = List.copyOf(keys);
            pairs = List.copyOf(pairs);
        }
    }

    /** Whether a published number lies in the interval of the modelled one. */
    public enum Fit {
        /** It does, or no interval is known. */
        INSIDE,
        /** It does not. */
        OUTSIDE
    }

    /**
     * Two numbers for one thing.
     *
     * @param published as printed
     * @param modelled as people read it
     * @param fit whether they agree
     */
    public record Pair(String published, String modelled, Fit fit) {

        /** Numbers that have no interval. */
        public Pair(String published, String modelled) {
            this(published, modelled, Fit.INSIDE);
        }
    }

    /** The heading of each pair in one line, such as {@code Inf1 latency, ms}. */
    List<String> headings() {
        return groups.stream()
                .flatMap(group -> group.columns().stream()
                        .map(column -> column.isEmpty() ? group.title() : column + " " + decapitalised(group.title())))
                .toList();
    }

    private static String decapitalised(String title) {
        return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}
