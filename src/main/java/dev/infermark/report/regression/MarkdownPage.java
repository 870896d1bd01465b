package dev.infermark.report.regression;

import dev.infermark.report.Table;
import dev.infermark.report.TableFormat;
import java.nio.charset.StandardCharsets;

/** A Markdown page that fits where CI servers show it. */
public enum MarkdownPage {
    /** GitHub's job summary: 1 MiB. */
    SUMMARY {
        @Override
        boolean holds(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length <= 1 << 20;
        }
    },
    /** GitHub's comment on a pull request: 65,536 characters. */
    COMMENT {
        @Override
        boolean holds(String text) {
            return text.length() <= 65_536;
        }
    };

    abstract boolean holds(String text);

    /** Title, one line and the table, of which the last rows are left out, and counted, where they do not fit. */
    public String write(String title, String line, Table table) {
        int low = 0;
        int high = table.rows().size();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (holds(page(title, line, table, middle))) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return page(title, line, table, low);
    }

    private static String page(String title, String line, Table table, int rows) {
        int left = table.rows().size() - rows;
        String body = table.rows().isEmpty()
                ? ""
                : "\n" + TableFormat.MARKDOWN.write(new Table(table.columns(), table.rows().subList(0, rows)));
        String rest = left == 0 ? "" : "\n%,d more rows do not fit here; the CSV file has all.\n".formatted(left);
        return "### " + title + "\n\n" + line + "\n" + body + rest;
    }
}
