package dev.infermark.validate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Finds what has become less accurate than a committed table says. */
public final class AccuracyCheck {
    /** By how many points a mean error may rise: what rounding and another JVM's mathematics can do. */
    public static final double MEAN_TOLERANCE = 0.1;

    /** By how many points a worst error may rise. */
    public static final double WORST_TOLERANCE = 0.5;

    /** By how much a rank correlation may fall. */
    public static final double SPEARMAN_TOLERANCE = 0.001;

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private AccuracyCheck() {}

    /** What has got worse, one sentence each; empty when nothing has. */
    public static List<String> losses(Path committed, Accuracy now) {
        List<String> losses = new ArrayList<>();
        try (CSVParser parser = FORMAT.parse(new StringReader(SafeFiles.read(committed)))) {
            List<CSVRecord> rows = parser.getRecords();
            if (rows.isEmpty()) {
                throw new UserError(committed + ": no accuracies; write them by infermark accuracy --out");
            }
            rows.forEach(before -> losses.addAll(losses(before, now)));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UserError(committed + ": no table of accuracies: " + e.getMessage()
                    + "; write it by infermark accuracy --out", e);
        }
        return losses;
    }

    private static List<String> losses(CSVRecord before, Accuracy now) {
        String name = before.get("class") + ", " + before.get("protocol") + ", " + before.get("quantity");
        Optional<Accuracy.Line> found = now.lines().stream()
                .filter(line -> line.name().equals(before.get("class")))
                .filter(line -> line.protocol().equals(before.get("protocol")))
                .filter(line -> line.quantity().label().equals(before.get("quantity")))
                .findFirst();
        if (found.isEmpty()) {
            return List.of(name + ": no longer predicted");
        }
        Errors errors = found.get().errors();
        List<String> losses = new ArrayList<>();
        int configurations = (int) number(before, "configurations");
        if (errors.count() < configurations) {
            losses.add(name + ": " + errors.count() + " configurations instead of " + configurations);
        }
        double mean = number(before, "mean_error_percent");
        if (100 * errors.mean() > mean + MEAN_TOLERANCE) {
            losses.add(risen(name, "mean error", 100 * errors.mean(), mean));
        }
        double worst = number(before, "worst_error_percent");
        if (100 * errors.worst() > worst + WORST_TOLERANCE) {
            losses.add(risen(name, "worst error", 100 * errors.worst(), worst));
        }
        double spearman = number(before, "spearman");
        if (errors.spearman() < spearman - SPEARMAN_TOLERANCE) {
            losses.add(String.format(
                    Locale.ROOT, "%s: rank correlation %.4f instead of %.4f", name, errors.spearman(), spearman));
        }
        return losses;
    }

    private static double number(CSVRecord row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static String risen(String name, String what, double now, double before) {
        return String.format(Locale.ROOT, "%s: %s %.2f %% instead of %.2f %%", name, what, now, before);
    }
}
