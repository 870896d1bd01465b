package dev.infermark.report.validation;

import dev.infermark.base.NumberKind;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.Bar;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.plot.ScatterPlot;
import dev.infermark.report.plot.ScatterPlot.Mark;
import dev.infermark.report.plot.ScatterPlot.Place;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far the model is off on everything that was published, from what {@code infermark accuracy} wrote. */
public final class AccuracySection {
    private static final double BAND = 0.1;
    private static final double MARGIN = 1.2;
    private static final String UNSEEN = "family left out";
    private static final String SOURCE = "every configuration by parameters that were fitted without its family";

    /** Groups of classes that share a colour. */
    private static final Map<String, Predicate<CsvRow>> GROUPS = groups();

    private AccuracySection() {}

    /** The section; nothing where the table by class is absent, and without a picture whose file is. */
    public static List<Section> of(Path folder) {
        Path classes = folder.resolve(AccuracyFiles.CLASSES);
        if (!Files.exists(classes)) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text("Errors of the median latency of each published configuration. “Family left out”:"
                + " the parameters were fitted without any model of the family. “All families fitted”: with them. What"
                + " was published for one configuration varies from release to release: no prediction can be nearer to"
                + " all of it than that noise."));
        Path configurations = folder.resolve(AccuracyFiles.CONFIGURATIONS);
        if (Files.exists(configurations)) {
            blocks.add(new Block.Figures(List.of(
                    new Block.Figure(scatter(configurations), SOURCE, "accuracy-configurations"))));
        }
        blocks.add(new Block.Figures(List.of(new Block.Figure(bars(classes), SOURCE, "accuracy"))));
        blocks.add(new Block.Grid("accuracy", "Errors by class, beside their goals", AccuracySummary.read(classes)));
        Path history = folder.resolve(AccuracyFiles.HISTORY);
        if (Files.exists(history)) {
            blocks.add(new Block.Grid(
                    "accuracy-history", "Mean error by class and version of this project, family left out",
                    history(history)));
        }
        if (Files.exists(configurations)) {
            blocks.add(new Block.Folded("accuracy-of-each", "Every configuration", List.of(new Block.Grid(
                    "accuracy-configurations", "Published and modelled latency", table(configurations),
                    Optional.of("error_percent")))));
        }
        return List.of(Section.detail("accuracy", "Accuracy on other models", blocks));
    }

    /** Published against modelled latency, with lines at equality and 10 % beside it. */
    static ScatterPlot scatter(Path configurations) {
        List<CsvRow> rows = CsvReader.rows(configurations, List.of("configuration", "published_ms", "modelled_ms"));
        double low = rows.stream().mapToDouble(AccuracySection::published).min().orElse(1) / MARGIN;
        double high = rows.stream().mapToDouble(AccuracySection::published).max().orElse(1) * MARGIN;
        List<ScatterPlot.Series> series = new ArrayList<>();
        series.add(new ScatterPlot.Series(
                "within 10 %",
                Hue.GREY,
                NumberKind.DERIVED,
                Mark.LINE,
                Stream.concat(
                                diagonal(low, high, 1 + BAND).stream(),
                                diagonal(low, high, 1 - BAND).reversed().stream())
                        .toList()));
        series.add(new ScatterPlot.Series("equal", Hue.BLACK, NumberKind.DERIVED, Mark.LINE, diagonal(low, high, 1)));
        List<Hue> hues = List.of(Hue.BLUE, Hue.ORANGE, Hue.GREEN, Hue.PURPLE, Hue.SKY, Hue.AMBER);
        int next = 0;
        Set<CsvRow> left = new LinkedHashSet<>(rows);
        for (Map.Entry<String, Predicate<CsvRow>> group : GROUPS.entrySet()) {
            List<CsvRow> own = left.stream().filter(group.getValue()).toList();
            left.removeAll(own);
            if (!own.isEmpty()) {
                series.add(new ScatterPlot.Series(
                        group.getKey(),
                        hues.get(next % hues.size()),
                        NumberKind.MODELLED,
                        Mark.DOTS,
                        own.stream().map(AccuracySection::place).toList()));
            }
            next++;
        }
        return new ScatterPlot(
                "accuracy-scatter",
                "Latency of every published configuration",
                "published, ms",
                "modelled, ms",
                series,
                ScatterPlot.Shape.TALL);
    }

    private static Map<String, Predicate<CsvRow>> groups() {
        Map<String, Predicate<CsvRow>> groups = new LinkedHashMap<>();
        groups.put("sequence sweeps", row -> row.text("class").startsWith("sequence sweeps"));
        groups.put("Inf1", row -> row.text("device").equals("inf1"));
        groups.put("Trainium1", row -> row.text("device").equals("trn1"));
        groups.put("Inf2 CNNs", row -> row.text("configuration").matches("(?:resnet|vgg|unet|alexnet).*"));
        groups.put("Inf2 encoders", row -> row.text("configuration").matches(".*(?:bert|bge|electra).*"));
        groups.put("Inf2, others", _ -> true);
        return groups;
    }

    private static List<Place> diagonal(double low, double high, double factor) {
        return List.of(new Place(low, low * factor, ""), new Place(high, high * factor, ""));
    }

    private static double published(CsvRow row) {
        return row.requiredNumber("published_ms");
    }

    private static Place place(CsvRow row) {
        double published = published(row);
        double modelled = row.requiredNumber("modelled_ms");
        return new Place(published, modelled, String.format(
                Locale.ROOT,
                "%s: %.3g ms published, %.3g ms modelled (%+.1f %%)",
                row.text("configuration"), published, modelled, 100 * (modelled / published - 1)));
    }

    /** Mean errors by class beside the goal and the noise of what was published. */
    static BarPlot bars(Path classes) {
        List<String> needed = List.of("class", "protocol", "quantity", "mean_error_percent");
        List<CsvRow> rows = CsvReader.rows(classes, needed).stream()
                .filter(row -> row.text("protocol").equals(UNSEEN) && row.text("quantity").equals("latency"))
                .filter(row -> row.get("goal_mean_percent").isPresent())
                .toList();
        return new BarPlot(
                "accuracy-classes",
                "Mean error by class, family left out",
                "%",
                rows.stream().map(row -> row.text("class")).toList(),
                List.of(
                        new BarPlot.Series("error", Hue.BLUE, NumberKind.MODELLED, bars(rows, "mean_error_percent")),
                        new BarPlot.Series("noise", Hue.GREY, NumberKind.DERIVED, bars(rows, "noise_percent")),
                        new BarPlot.Series("goal", Hue.BLACK, NumberKind.DERIVED, BarPlot.Mark.TICK,
                                bars(rows, "goal_mean_percent"))));
    }

    private static List<Optional<Bar>> bars(List<CsvRow> rows, String column) {
        return rows.stream()
                .map(row -> row.get(column).isPresent()
                        ? Optional.of(Bar.of(row.requiredNumber(column)))
                        : Optional.<Bar>empty())
                .toList();
    }

    /** A row per class, a column per version. */
    static Table history(Path file) {
        List<CsvRow> rows = CsvReader.rows(file, List.of("version", "date", "class", "quantity", "mean_error_percent"));
        List<String> versions = rows.stream().map(AccuracySection::version).distinct().toList();
        List<Column> columns = new ArrayList<>();
        columns.add(Column.plain("class", "Class"));
        versions.forEach(version -> columns.add(Column.modelled(version, version, "%")));
        Map<String, List<CsvRow>> classes = rows.stream()
                .collect(Collectors.groupingBy(AccuracySection::kind, LinkedHashMap::new, Collectors.toList()));
        List<List<Cell>> cells = new ArrayList<>();
        classes.forEach((name, own) -> {
            List<Cell> line = new ArrayList<>();
            line.add(Cell.of(name));
            versions.forEach(version -> line.add(own.stream()
                    .filter(row -> version(row).equals(version))
                    .findFirst()
                    .<Cell>map(row -> new Cell.Quantity(row.requiredNumber("mean_error_percent"), 3))
                    .orElse(new Cell.Missing(""))));
            cells.add(line);
        });
        return new Table(columns, cells);
    }

    private static String version(CsvRow row) {
        return row.text("version") + " of " + row.text("date");
    }

    private static String kind(CsvRow row) {
        return row.text("quantity").equals("latency")
                ? row.text("class")
                : row.text("class") + ", " + row.text("quantity");
    }

    private static Table table(Path configurations) {
        List<CsvRow> rows = CsvReader.rows(configurations, List.of("configuration", "published_ms", "modelled_ms"));
        List<Column> columns = List.of(
                Column.plain("configuration", "Configuration"),
                Column.plain("class", "Class"),
                Column.result("published_ms", "Latency", "ms", NumberKind.PUBLISHED),
                Column.modelled("modelled_ms", "Latency", "ms"),
                Column.modelled("error_percent", "Error", "%"));
        return new Table(columns, rows.stream()
                .map(row -> List.of(
                        Cell.of(row.text("configuration")),
                        Cell.of(row.text("class")),
                        Cell.of(published(row)),
                        Cell.of(row.requiredNumber("modelled_ms")),
                        new Cell.Quantity(row.requiredNumber("error_percent"), 3)))
                .toList());
    }
}
