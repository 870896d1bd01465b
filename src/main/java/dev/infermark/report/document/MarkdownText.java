package dev.infermark.report.document;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.TableFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document as Markdown, with the plots as links to files beside it. */
public final class MarkdownText {
    private MarkdownText() {}

    /** The whole text. */
    public static String write(Document document) {
        String legend = Stream.of(NumberKind.values())
                .map(kind -> "- **" + kind.label() + "**: " + Document.meaning(kind) + "\n")
                .collect(Collectors.joining());
        String sections = document.sections().stream()
                .map(section -> "\n## " + section.title() + "\n" + blocks(section.blocks()))
                .collect(Collectors.joining());
        String head = "# " + document.title() + "\n\n" + document.lead() + "\n\nEvery number is one of:\n\n";
        return head + legend + sections;
    }

    private static String blocks(List<Block> blocks) {
        return blocks.stream().map(block -> "\n" + block(block)).collect(Collectors.joining());
    }

    private static String block(Block block) {
        return switch (block) {
            case Block.Text(String words) -> words + "\n";
            case Block.Notice(String words) -> "> " + words + "\n";
            case Block.Grid grid -> "**" + grid.caption() + "**\n\n" + TableFormat.MARKDOWN.write(grid.table());
            case Block.Plots(var plots) -> plots.stream()
                    .map(plot -> "![" + plot.title() + "](" + plot.name() + ".png)\n")
                    .collect(Collectors.joining());
            case Block.Highlights(var highlights) -> highlights.stream()
                    .map(highlight -> "- **" + highlight.value() + "** (" + highlight.kind().label() + "): "
                            + highlight.label() + "\n")
                    .collect(Collectors.joining());
            case Block.Folded(String summary, var inner) -> folded(summary, inner);
        };
    }

    private static String folded(String summary, List<Block> blocks) {
        return "<details><summary>" + summary + "</summary>\n" + blocks(blocks) + "\n</details>\n";
    }
}
