package dev.infermark.report.document;

import java.util.List;

/**
 * A part of a document.
 *
 * @param anchor its name in links
 * @param title its heading
 * @param depth whether everyone should see it
 * @param blocks its content
 */
public record Section(String anchor, String title, Depth depth, List<Block> blocks) {

    /** How soon a reader meets a part. */
    public enum Depth {
        /** At once. */
        FRONT,
        /** On opening it. */
        DETAIL
    }

    /** Copies the list. */
    public Section {
        blocks = List.copyOf(blocks);
    }

    /** A part that is closed until the reader opens it. */
    public static Section detail(String anchor, String title, List<Block> blocks) {
        return new Section(anchor, title, Depth.DETAIL, blocks);
    }

    /** A part that everyone should see. */
    public static Section front(String anchor, String title, List<Block> blocks) {
        return new Section(anchor, title, Depth.FRONT, blocks);
    }
}
