package dev.infermark.cli;

import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --format} that every command with a table has. */
public final class FormatOption {
    private static final int NARROWEST = 20;

    @Option(
            names = "--format",
            defaultValue = "table",
            description = "How to write the result: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    public TableFormat format = TableFormat.TABLE;

    /** The table as asked for; on a terminal, whose width the launcher tells, no wider than that. */
    public String write(Table table) {
        int columns = columns(System.getenv("COLUMNS"));
        return format == TableFormat.TABLE && columns >= NARROWEST
                ? new NarrowTable(table, columns).write()
                : format.write(table);
    }

    private static int columns(@Nullable String text) {
        return text != null && text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    /** Whether people read the result, so that titles and sentences may stand beside it. */
    public boolean isForPeople() {
        return format == TableFormat.TABLE || format == TableFormat.MARKDOWN;
    }
}
