package dev.infermark.report.regression;

import dev.infermark.report.table.MarkdownEscape;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A Markdown page that fits where CI servers show it. */
public enum MarkdownPage {
    /** GitHub's job summary: 1 MiB. */
    SUMMARY(1 << 20) {
        @Override
        int size(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    },
    /** GitHub's comment on a pull request: 65,536 characters. */
    COMMENT(65_536) {
        @Override
        int size(String text) {
            return text.length();
        }
    };

    /** Kept free for the line that counts the rows left out. */
    private static final int RESERVE = 200;

    private static final int HEADING_LINES = 2;

    private final int limit;

    MarkdownPage(int limit) {
        this.limit = limit;
    }

    abstract int size(String text);

    /** Title, one line and the table, of which the last rows are left out, and counted, where they do not fit. */
    public String write(String title, String line, Table table) {
        StringBuilder page = new StringBuilder(
                "### " + MarkdownEscape.prose(title) + "\n\n" + MarkdownEscape.prose(line) + "\n");
        if (table.rows().isEmpty()) {
            return page.toString();
        }
        page.append('\n');
        List<String> lines = TableFormat.MARKDOWN.write(table).lines().toList();
        int room = limit - RESERVE - size(page.toString());
        int shown = 0;
        while (shown < lines.size() && room >= size(lines.get(shown)) + 1) {
            room -= size(lines.get(shown)) + 1;
            page.append(lines.get(shown)).append('\n');
            shown++;
        }
        if (shown < lines.size()) {
            page.append("\n%,d more rows do not fit here; the CSV file has all.\n"
                    .formatted(table.rows().size() - Math.max(0, shown - HEADING_LINES)));
        }
        return page.toString();
    }
}
