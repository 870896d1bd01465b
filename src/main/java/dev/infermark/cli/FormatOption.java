package dev.infermark.cli;

import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --format} that every command with a table has. */
public final class FormatOption {
    private static final int NARROWEST = 20;
    private static final String INDENT = "  ";

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "How to write the result: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    public TableFormat format = TableFormat.TABLE;

    /** The table as asked for; on a terminal, whose width the launcher tells, no wider than that. */
    public String write(Table table) {
        int columns = columns(System.getenv("COLUMNS"));
        return format == TableFormat.TABLE && columns >= NARROWEST
                ? new NarrowTable(table, columns).write()
                : format.write(table);
    }

    /** Sentences, each on a line of its own; on a terminal, lines that are longer go on below it, indented. */
    public String fit(String sentences) {
        int columns = columns(System.getenv("COLUMNS"));
        return format == TableFormat.TABLE && columns >= NARROWEST ? wrapped(sentences, columns) : sentences;
    }

    static String wrapped(String sentences, int columns) {
        StringBuilder text = new StringBuilder();
        for (String line : sentences.split("\n", -1)) {
            String rest = line;
            for (int cut = cut(rest, columns); cut > 0; cut = cut(rest, columns)) {
                text.append(rest, 0, cut).append('\n');
                rest = INDENT + rest.substring(cut + 1);
            }
            text.append(rest).append('\n');
        }
        text.setLength(text.length() - 1);
        return text.toString();
    }

    /** The last blank at which a line that is too long can end; 0 where it need or can not. */
    private static int cut(String line, int columns) {
        int cut = line.length() <= columns ? 0 : line.lastIndexOf(' ', columns);
        return cut <= line.length() - line.stripLeading().length() ? 0 : cut;
    }

    private static int columns(@Nullable String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    /** Whether people read the result, so that titles and sentences may stand beside it. */
    public boolean isForPeople() {
        return format == TableFormat.TABLE || format == TableFormat.MARKDOWN;
    }
}
