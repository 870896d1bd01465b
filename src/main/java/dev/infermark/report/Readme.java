package dev.infermark.report;

import dev.infermark.base.NumberKind;
import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.report.blog.BlogReport;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.blog.BlogExam;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** The tables of README.md that are computed: each stands between two comments that bear its name. */
public final class Readme {
    private Readme() {}

    /** The text with its tables made anew. */
    public static String renew(String text, List<BlogExam.Answer> answers, Path accuracies) {
        String blog = TableFormat.MARKDOWN.write(BlogReport.latency(answers))
                + "\n" + BlogReport.verdict(answers).strip() + ".\n";
        return fill(fill(text, "blog", blog), "accuracy", TableFormat.MARKDOWN.write(accuracy(accuracies)));
    }

    /** The classes with a goal, by the latency of their configurations. */
    private static Table accuracy(Path file) {
        List<Column> columns = List.of(
                Column.plain("class", "Class"),
                Column.plain("protocol", "Protocol"),
                Column.plain("configurations", "Configurations"),
                Column.result("mean_error_percent", "Mean error", "%", NumberKind.MODELLED),
                Column.result("worst_error_percent", "Worst error", "%", NumberKind.MODELLED),
                Column.plain("goal_mean_percent", "Goal mean, %"),
                Column.plain("goal_worst_percent", "Goal worst, %"),
                Column.plain("met", "Met"));
        return new Table(
                columns,
                CsvReader.rows(file, List.of("quantity", "goal_mean_percent")).stream()
                        .filter(row -> row.text("quantity").equals("latency"))
                        .filter(row -> row.get("goal_mean_percent").isPresent())
                        .map(row -> cells(row, columns))
                        .toList());
    }

    private static List<Cell> cells(CsvRow row, List<Column> columns) {
        return columns.stream().map(column -> cell(row.text(column.key()))).toList();
    }

    private static Cell cell(String value) {
        return value.matches("\\d+\\.\\d+|\\d+") ? new Cell.Decimal(new BigDecimal(value)) : Cell.of(value);
    }

    private static String fill(String text, String name, String table) {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new UserError("the text has no place for the table '" + name + "'; add the lines '" + begin.strip()
                    + "' and '" + end + "'");
        }
        return text.substring(0, from + begin.length()) + "\n" + table + "\n" + text.substring(to);
    }
}
