package dev.infermark.validate.accuracy;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.validate.scenario.Errors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what has become less accurate than a committed table says. */
public final class AccuracyCheck {
    /** By how many points a mean error may rise: what rounding and another JVM's mathematics can do. */
    public static final double MEAN_TOLERANCE = 0.1;

    /** By how many points a worst error may rise. */
    public static final double WORST_TOLERANCE = 0.5;

    /** By how much a rank correlation may fall. */
    public static final double SPEARMAN_TOLERANCE = 0.001;

    private static final List<String> COLUMNS = List.of(
            "class", "protocol", "quantity", "configurations", "mean_error_percent", "worst_error_percent", "spearman");

    private static final List<String> NUMBERS = COLUMNS.subList(3, COLUMNS.size());

    private final List<CsvRow> rows;

    private AccuracyCheck(List<CsvRow> rows) {
        this.rows = rows;
    }

    /** The table in a file; refuses one that is none, or without numbers. */
    public static AccuracyCheck read(Path committed) {
        List<CsvRow> rows = CsvReader.rows(committed, COLUMNS);
        if (rows.isEmpty()) {
            throw new UserError(committed + ": no accuracies; write them by infermark accuracy --out");
        }
        rows.forEach(row -> NUMBERS.forEach(row::requiredNumber));
        return new AccuracyCheck(rows);
    }

    /** What has got worse, one sentence each; empty when nothing has. */
    public List<String> losses(Accuracy now) {
        return rows.stream().flatMap(before -> losses(before, now).stream()).toList();
    }

    private static List<String> losses(CsvRow before, Accuracy now) {
        String name = before.text("class") + ", " + before.text("protocol") + ", " + before.text("quantity");
        Optional<Accuracy.Line> found = now.lines().stream()
                .filter(line -> line.name().equals(before.text("class")))
                .filter(line -> line.protocol().equals(before.text("protocol")))
                .filter(line -> line.quantity().equals(before.text("quantity")))
                .findFirst();
        if (found.isEmpty()) {
            return List.of(name + ": no longer predicted");
        }
        Errors errors = found.get().errors();
        List<String> losses = new ArrayList<>();
        int configurations = (int) before.requiredNumber("configurations");
        if (errors.count() < configurations) {
            losses.add(name + ": " + errors.count() + " configurations instead of " + configurations);
        }
        double mean = before.requiredNumber("mean_error_percent");
        if (100 * errors.mean() > mean + MEAN_TOLERANCE) {
            losses.add(risen(name, "mean error", 100 * errors.mean(), mean));
        }
        double worst = before.requiredNumber("worst_error_percent");
        if (100 * errors.worst() > worst + WORST_TOLERANCE) {
            losses.add(risen(name, "worst error", 100 * errors.worst(), worst));
        }
        double spearman = before.requiredNumber("spearman");
        if (errors.spearman() < spearman - SPEARMAN_TOLERANCE) {
            losses.add(String.format(
                    Locale.ROOT, "%s: rank correlation %.4f instead of %.4f", name, errors.spearman(), spearman));
        }
        return losses;
    }

    private static String risen(String name, String what, double now, double before) {
        return String.format(Locale.ROOT, "%s: %s %.2f %% instead of %.2f %%", name, what, now, before);
    }
}
