package dev.infermark.cli;

import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table for a terminal that is narrower than it: headings over several lines, long texts cut, and where that is not
 * enough, columns left out: those that say the same in every row, then the last ones. No line is wrapped.
 */
final class NarrowTable {
    private static final int GAP = 2;

    /** Texts are cut to this only where columns would have to go otherwise; those of the first column name the row. */
    private static final int SHORTEST_CUT = 18;

    private static final int SHORTEST_NAME = 28;

    private final Table table;
    private final int width;
    private final List<Integer> kept;
    private final int longestText;

    /** Says the kind of all results, where the headings leave it out. */
    private final String preface;

    private final String whole;

    NarrowTable(Table table, int width) {
        boolean isOfOneKind = table.commonKind().isPresent();
        this.table = isOfOneKind ? table.withoutKinds() : table;
        this.width = width;
        this.whole = TableFormat.TABLE.write(table);
        this.kept = kept();
        this.longestText = IntStream.iterate(width, length -> length > SHORTEST_CUT, length -> length - 1)
                .filter(length -> widthOf(kept, length) <= width)
                .findFirst()
                .orElse(SHORTEST_CUT);
        this.preface = isOfOneKind ? whole.lines().findFirst().orElseThrow() + "\n" : "";
    }

    String write() {
        if (whole.lines().allMatch(line -> line.length() <= width)) {
            return whole;
        }
        int left = table.columns().size() - kept.size();
        return preface
                + TableFormat.TABLE.write(part())
                + (left == 0
                        ? ""
                        : left + " of " + table.columns().size() + " columns left out; --format csv has all\n");
    }

    private List<Integer> kept() {
        List<Integer> kept =
                new ArrayList<>(IntStream.range(0, table.columns().size()).boxed().toList());
        while (kept.size() > 2 && widthOf(kept, SHORTEST_CUT) > width) {
            List<Integer> others = kept.subList(1, kept.size());
            Integer least = others.stream()
                    .max(Comparator.comparing(this::isConstant).thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            others.removeIf(least::equals);
        }
        return kept;
    }

    /** The least width of these columns, whose texts are cut to a length, in the last one as far as need be. */
    private int widthOf(List<Integer> columns, int longest) {
        return columns.stream()
                        .mapToInt(column -> widthOf(column, column.equals(columns.getLast()) ? SHORTEST_CUT : longest))
                        .sum()
                + GAP * (columns.size() - 1);
    }

    private int widthOf(int column, int longest) {
        Stream<String> words = Stream.of(table.columns().get(column).heading().split(" ", -1));
        int own = column == 0 ? Math.max(SHORTEST_NAME, longest) : longest;
        return Stream.concat(words, texts(column).map(text -> cut(text, own)))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private boolean isConstant(int column) {
        return table.rows().size() > 1 && texts(column).distinct().count() == 1;
    }

    private Stream<String> texts(int column) {
        return table.rows().stream().map(row -> TableFormat.forPeople(row.get(column)));
    }

    private Table part() {
        int last = kept.getLast();
        int before = kept.stream().limit(kept.size() - 1L).mapToInt(column -> widthOf(column, longestText) + GAP).sum();
        List<List<String>> headings = kept.stream()
                .map(column -> lines(table.columns().get(column).heading(), widthOf(column, longestText)))
                .toList();
        int height = headings.stream().mapToInt(List::size).max().orElse(1);
        List<List<Cell>> rows = new ArrayList<>();
        for (int line = 1; line < height; line++) {
            int at = line;
            rows.add(headings.stream()
                    .map(lines -> Cell.of(at < lines.size() ? lines.get(at) : ""))
                    .toList());
        }
        for (List<Cell> row : table.rows()) {
            rows.add(kept.stream()
                    .map(column -> cut(
                            row.get(column),
                            column == last ? Math.max(1, width - before) : widthOf(column, longestText)))
                    .toList());
        }
        return new Table(headings.stream().map(lines -> Column.plain("", lines.getFirst())).toList(), rows);
    }

    private static Cell cut(Cell cell, int longest) {
        return cell instanceof Cell.Text(String text) ? Cell.of(cut(text, longest)) : cell;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    /** The words of a text in lines that are no longer than the longest word or the given width. */
    private static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            if (lines.isEmpty() || lines.getLast().length() + 1 + word.length() > width) {
                lines.add(word);
            } else {
                lines.add(lines.removeLast() + " " + word);
            }
        }
        return lines;
    }
}
