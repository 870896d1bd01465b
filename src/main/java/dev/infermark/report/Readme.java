package dev.infermark.report;

import dev.infermark.base.UserError;
import dev.infermark.report.blog.BlogReport;
import dev.infermark.report.table.TableFormat;
import dev.infermark.report.validation.AccuracySummary;
import dev.infermark.validate.blog.HeldOutBlog;
import java.nio.file.Path;
import java.util.List;

/** The tables of README.md that are computed: each stands between two comments that bear its name. */
public final class Readme {
    private Readme() {}

    /** The text with its tables computed again. */
    public static String renew(String text, List<HeldOutBlog.Answer> answers, Path accuracies) {
        String blog = TableFormat.MARKDOWN.write(BlogReport.latency(answers))
                + "\n" + BlogReport.verdict(answers).strip() + ".\n";
        return fill(fill(text, "blog", blog), "accuracy", TableFormat.MARKDOWN.write(AccuracySummary.read(accuracies)));
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
