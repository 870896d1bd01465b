package dev.infermark.report.document;

import dev.infermark.base.NumberKind;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tables and plots with the words between them.
 *
 * @param title what it is
 * @param question what it answers
 * @param answer the answer in a few sentences
 * @param sections the parts
 */
public record Document(String title, String question, String answer, List<Section> sections) {

    /** Copies the list. */
    public Document {
        sections = List.copyOf(sections);
    }

    /** All blocks, those within folded ones included. */
    public Stream<Block> blocks() {
        return sections.stream().flatMap(section -> section.blocks().stream()).mapMulti(Document::unfold);
    }

    /** What a kind of number means, for legends. */
    static String meaning(NumberKind kind) {
        return switch (kind) {
            case MEASURED -> "timed by JMH on the host named under “How the numbers were made”";
            case MODELLED -> "computed by the hardware models; no Inferentia chip was at hand";
            case PUBLISHED -> "as printed in a publication that is named beside it";
            case DERIVED -> "arithmetic on documented or published figures";
        };
    }

    private static void unfold(Block block, Consumer<Block> sink) {
        sink.accept(block);
        if (block instanceof Block.Folded(_, _, List<Block> blocks)) {
            blocks.forEach(inner -> unfold(inner, sink));
        }
    }
}
