package dev.infermark.report.document;

import dev.infermark.base.NumberKind;
import dev.infermark.report.document.PairTable.Fit;
import dev.infermark.report.document.PairTable.Line;
import dev.infermark.report.document.PairTable.Pair;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.MarkdownEscape;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document as Markdown, with the plots as links to files beside it. */
public final class MarkdownText {
    private MarkdownText() {}

    /** The whole text. */
    public static String write(Document document) {
        String sections = document.sections().stream()
                .map(section -> "\n## " + plain(section.title()) + "\n" + blocks(section.blocks()))
                .collect(Collectors.joining());
        return "# " + plain(document.question()) + "\n\n" + plain(document.answer()) + "\n" + sections;
    }

    private static String blocks(List<Block> blocks) {
        return blocks.stream().map(block -> "\n" + block(block)).collect(Collectors.joining());
    }

    private static String block(Block block) {
        return switch (block) {
            case Block.Text(String words) -> plain(words) + "\n";
            case Block.Notice(String words) -> "> " + plain(words) + "\n";
            case Block.Grid grid -> table(grid.caption(), grid.name(), grid.table());
            case Block.Pairs pairs -> table(
                    pairs.table().caption() + " Each cell: published / modelled.",
                    pairs.grid().name(),
                    flat(pairs.table()));
            case Block.Figures(var figures) -> figures.stream()
                    .map(figure -> "![" + plain(figure.plot().title()) + "](" + figure.plot().name() + ".svg)\n")
                    .collect(Collectors.joining());
            case Block.Highlights(var highlights) -> highlights.stream()
                    .map(highlight -> "- **" + plain(highlight.value()) + "** (" + highlight.kind().label() + "): "
                            + plain(highlight.label()) + "\n")
                    .collect(Collectors.joining());
            case Block.Kinds() -> Stream.of(NumberKind.values())
                    .map(kind -> "- **" + kind.label() + "**: " + Document.meaning(kind) + "\n")
                    .collect(Collectors.joining());
            case Block.Folded(_, String summary, var inner) -> folded(summary, inner);
        };
    }

    private static String table(String caption, String name, Table table) {
        return "**" + plain(caption) + "** [" + name + ".csv](" + name + ".csv)\n\n"
                + TableFormat.MARKDOWN.write(table);
    }

    private static Table flat(PairTable pairs) {
        return new Table(
                Stream.concat(pairs.keys().stream(), pairs.headings().stream())
                        .map(heading -> Column.plain(heading, heading))
                        .toList(),
                pairs.lines().stream().map(MarkdownText::cells).toList());
    }

    private static List<Cell> cells(Line line) {
        return Stream.concat(line.keys().stream(), line.pairs().stream().map(MarkdownText::words))
                .map(Cell::of)
                .toList();
    }

    private static String words(Pair pair) {
        return pair.published() + " / " + pair.modelled() + (pair.fit() == Fit.OUTSIDE ? " †" : "");
    }

    /** Words that hold names and facts of a run, which may be anybody's. */
    private static String plain(String words) {
        return MarkdownEscape.prose(words);
    }

    private static String folded(String summary, List<Block> blocks) {
        return "<details><summary>" + plain(summary) + "</summary>\n" + blocks(blocks) + "\n</details>\n";
    }
}
