package dev.infermark.report.document;

import java.util.List;

/**
 * A part of a document.
 *
 * @param anchor its name in links
 * @param title its heading
 * @param blocks its content
 */
public record Section(String anchor, String title, List<Block> blocks) {

    /** Copies the list. */
    public Section {
        blocks = List.copyOf(blocks);
    }
}
