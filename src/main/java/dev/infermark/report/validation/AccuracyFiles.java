package dev.infermark.report.validation;

import dev.infermark.base.Counted;
import dev.infermark.base.NumberKind;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.accuracy.Accuracy;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.Quantity;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Errors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What the accuracy page is made from: the table by class, a line per configuration, and the table's history. */
public final class AccuracyFiles {
    /** The table by class. */
    public static final String CLASSES = "accuracy.csv";

    /** A line per configuration. */
    public static final String CONFIGURATIONS = "accuracy-configurations.csv";

    /** A line per class and version of this project. */
    public static final String HISTORY = "accuracy-history.csv";

    private static final String FITTED = "all families fitted";

    private AccuracyFiles() {}

    /** Every configuration with a latency, each predicted by a fit that had not seen its family. */
    public static Table configurations(Accuracy accuracy) {
        List<Column> columns = List.of(
                Column.plain("configuration", "Configuration"),
                Column.plain("class", "Class"),
                Column.plain("device", "Device"),
                Column.plain("releases", "Rows"),
                Column.result("published_ms", "Latency", "ms", NumberKind.PUBLISHED),
                Column.modelled("modelled_ms", "Latency", "ms"),
                Column.modelled("error_percent", "Error", "%"));
        List<List<Cell>> rows = new ArrayList<>();
        for (Configuration configuration : Configuration.of(accuracy.unseen())) {
            configuration.pair(Quantity.LATENCY)
                    .ifPresent(pair -> rows.add(row(configuration, pair)));
        }
        return new Table(columns, rows);
    }

    /**
     * The history with the lines of a version, in place of those that it had.
     *
     * @param file the history until now, which may be absent
     * @param version of this project
     * @param date when its accuracy was measured
     */
    public static Table history(Path file, Accuracy accuracy, String version, String date) {
        List<Column> columns = List.of(
                Column.plain("version", "Version"),
                Column.plain("date", "Date"),
                Column.plain("class", "Class"),
                Column.plain("quantity", "Quantity"),
                Column.plain("configurations", "Configurations"),
                Column.modelled("mean_error_percent", "Mean error", "%"),
                Column.modelled("worst_error_percent", "Worst error", "%"));
        List<List<Cell>> rows = new ArrayList<>();
        if (Files.exists(file)) {
            CsvReader.rows(file, List.of("version", "date", "class", "quantity")).stream()
                    .filter(row -> !row.text("version").equals(version) || !row.text("date").equals(date))
                    .forEach(row -> rows.add(kept(row)));
        }
        for (Accuracy.Line line : accuracy.lines()) {
            boolean isShown = !line.protocol().equals(FITTED) && !line.quantity().equals("throughput");
            if (isShown) {
                rows.add(List.of(
                        Cell.of(version),
                        Cell.of(date),
                        Cell.of(line.name()),
                        Cell.of(line.quantity()),
                        Cell.of(line.errors().count()),
                        ValidationReport.percent(line.errors().mean()),
                        ValidationReport.percent(line.errors().worst())));
            }
        }
        return new Table(columns, rows);
    }

    private static List<Cell> kept(CsvRow row) {
        return List.of(
                Cell.of(row.text("version")),
                Cell.of(row.text("date")),
                Cell.of(row.text("class")),
                Cell.of(row.text("quantity")),
                Cell.of((long) row.requiredNumber("configurations")),
                new Cell.Quantity(row.requiredNumber("mean_error_percent"), 3),
                new Cell.Quantity(row.requiredNumber("worst_error_percent"), 3));
    }

    private static List<Cell> row(Configuration configuration, Errors.Pair pair) {
        return List.of(
                Cell.of(words(configuration.measurement())),
                Cell.of(configuration.kind().title()),
                Cell.of(configuration.measurement().setup().device()),
                Cell.of(configuration.rows().size()),
                Cell.of(pair.published()),
                Cell.of(pair.modelled()),
                ValidationReport.percent(pair.error()));
    }

    private static String words(Measurement measurement) {
        Measurement.Setup setup = measurement.setup();
        StringJoiner words = new StringJoiner(", ");
        words.add(setup.model()).add(setup.instanceType());
        setup.batch().ifPresent(batch -> words.add("batch " + batch));
        setup.sequenceLength().ifPresent(tokens -> words.add(tokens + " tokens"));
        Optional.of(setup.imageSize()).filter(size -> !size.isEmpty()).ifPresent(size -> words.add(size + " pixels"));
        setup.models().ifPresent(models -> words.add(models + " copies"));
        setup.workersPerModel().ifPresent(workers -> words.add(Counted.of(workers, "client")));
        return words.toString();
    }
}
