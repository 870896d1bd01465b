package dev.infermark.report.plot;

import java.awt.Color;

/** What plots are seen on; the page's style sheet has the same backgrounds. */
public enum Theme {
    /** Dark on light. */
    LIGHT(0xFFFFFF, 0x1F2733, 0xD9DEE6),
    /** Light on dark. */
    DARK(0x1A2029, 0xE4E8EE, 0x39424F);

    private final int background;
    private final int text;
    private final int grid;

    Theme(int background, int text, int grid) {
        this.background = background;
        this.text = text;
        this.grid = grid;
    }

    Color background() {
        return new Color(background);
    }

    Color text() {
        return new Color(text);
    }

    Color grid() {
        return new Color(grid);
    }
}
