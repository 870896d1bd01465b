package dev.infermark.cli;

import dev.infermark.report.table.TableFormat;
import picocli.CommandLine.Option;

/** The {@code --format} that every command with a table has. */
public final class FormatOption {
    @Option(
            names = "--format",
            defaultValue = "table",
            description = "How to write the result: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    public TableFormat format = TableFormat.TABLE;
}
