package dev.infermark.cli.regress;

import dev.infermark.base.SafeFiles;
import dev.infermark.cli.FormatOption;
import dev.infermark.report.regression.MarkdownPage;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command of regression tracking leaves its result, besides the terminal. */
final class RegressOutput {
    @Mixin
    private FormatOption format = new FormatOption();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write a page for a job summary (at most 1 MiB).")
    private Optional<Path> markdown = Optional.empty();

    @Option(
            names = "--comment",
            paramLabel = "FILE",
            description = "Write a page for a pull request's comment (at most 65,536 characters).")
    private Optional<Path> comment = Optional.empty();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML, one test case per benchmark.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--csv", paramLabel = "FILE", description = "Write every number as CSV.")
    private Optional<Path> csv = Optional.empty();

    /**
     * Writes all that was asked for.
     *
     * @param people the table for the terminal and pages
     * @param programs the table for CSV and JSON
     */
    void write(PrintWriter out, String title, String line, Table people, Table programs, Supplier<String> xml) {
        markdown.ifPresent(file -> SafeFiles.write(file, MarkdownPage.SUMMARY.write(title, line, people)));
        comment.ifPresent(file -> SafeFiles.write(file, MarkdownPage.COMMENT.write(title, line, people)));
        junit.ifPresent(file -> SafeFiles.write(file, xml.get()));
        csv.ifPresent(file -> SafeFiles.write(file, TableFormat.CSV.write(programs)));
        switch (format.format) {
            case TABLE -> {
                if (!people.rows().isEmpty()) {
                    out.print(TableFormat.TABLE.write(people));
                }
                out.println(line);
            }
            case MARKDOWN -> out.print(MarkdownPage.SUMMARY.write(title, line, people));
            case CSV, JSON, NEURONPERF -> out.print(format.write(programs));
        }
    }
}
