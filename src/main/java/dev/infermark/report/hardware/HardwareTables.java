package dev.infermark.report.hardware;

import dev.infermark.base.NumberKind;
import dev.infermark.hardware.Announcement;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.ComparedQuantity;
import dev.infermark.hardware.Comparison;
import dev.infermark.hardware.Figure;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronLink;
import dev.infermark.hardware.Price;
import dev.infermark.hardware.PriceBook;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a catalog knows at a glance, for people. */
public final class HardwareTables {
    private HardwareTables() {}

    /** The ratios of a comparison with the quantities they are computed from, published ones beside them. */
    public static Table comparison(Catalog catalog, Comparison comparison) {
        Chip baseline = catalog.chip(comparison.baseline());
        Chip chip = catalog.chip(comparison.chip());
        List<Column> columns = List.of(
                Column.plain("quantity", "Quantity"),
                Column.plain("baseline", baseline.name()),
                Column.plain("chip", chip.name()),
                Column.plain("unit", "Unit"),
                Column.result("derived_ratio", "Ratio", "", NumberKind.DERIVED),
                Column.result("published_ratio", "Ratio", "", NumberKind.PUBLISHED),
                Column.plain("formula", "Computed from"),
                Column.plain("source", "Source"));
        List<List<Cell>> rows = Stream.of(ComparedQuantity.values())
                .map(quantity -> {
                    Optional<Figure> published = comparison.publishedRatio(quantity);
                    return List.of(
                            Cell.of(quantity.title()),
                            number(quantity.of(baseline) / quantity.unit().factor()),
                            number(quantity.of(chip) / quantity.unit().factor()),
                            Cell.of(quantity.unit().symbol()),
                            Cell.of(comparison.ratio(quantity, catalog)),
                            published.map(Figure::value).map(HardwareTables::number).orElse(new Cell.Missing("-")),
                            Cell.of(quantity.formula()),
                            Cell.of(published.map(Figure::source).orElse("")));
                })
                .toList();
        return new Table(columns, rows);
    }

    /** Instances at a glance, one line each, with their price in every book. */
    public static Table instances(Catalog catalog, List<Instance> instances) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("instance_type", "Instance"),
                Column.plain("chip", "Chip"),
                Column.plain("chips", "Chips"),
                Column.plain("cores", "Cores"),
                Column.plain("vcpus", "vCPU"),
                Column.plain("host_gib", "Host (GiB)"),
                Column.plain("device_gib", "Device (GiB)"),
                Column.plain("topology", "Topology"),
                Column.plain("link", "NeuronLink of a chip"),
                Column.plain("network", "Network")));
        catalog.priceBooks().forEach(book -> columns.add(Column.plain(
                book.name().replace('-', '_') + "_price_usd_per_hour", book.name() + " (USD/h)")));
        return new Table(
                columns, instances.stream().map(instance -> line(catalog, instance)).toList());
    }

    private static List<Cell> line(Catalog catalog, Instance instance) {
        Cell none = new Cell.Missing("-");
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(instance.name()),
                Cell.of(instance.chip().name()),
                Cell.of((long) instance.chipCount()),
                Cell.of((long) instance.coreCount()),
                Cell.of((long) instance.vcpuCount()),
                number(instance.hostMemoryBytes() / 0x1p30),
                number(instance.chipCount() * (instance.chip().memory().capacityBytes() / 0x1p30)),
                instance.link().map(link -> Cell.of(word(link.topology()))).orElse(none),
                instance.link().map(link -> quantity(link.chipRate())).orElse(none),
                instance.network().map(HardwareTables::quantity).orElse(none)));
        for (PriceBook book : catalog.priceBooks()) {
            cells.add(book.has(instance.name()) ? number(book.price(instance.name()).dollarsPerHour()) : none);
        }
        return cells;
    }

    /** What the vendor's announcement prints of each chip, beside the figures of the architecture pages. */
    public static Table announcements(Catalog catalog) {
        List<Column> columns = List.of(
                Column.plain("chip", "Chip"),
                Column.plain("quantity", "Quantity"),
                Column.plain("announced", "Announcement"),
                Column.plain("architecture", "Architecture pages"),
                Column.plain("announced_source", "Source of the announcement"),
                Column.plain("architecture_source", "Source of the other"));
        return new Table(columns, catalog.chips().stream()
                .flatMap(chip -> chip.announcement().stream().flatMap(printed -> lines(catalog, chip, printed)))
                .toList());
    }

    private static Stream<List<Cell>> lines(Catalog catalog, Chip chip, Announcement printed) {
        Optional<Figure> chipRate = catalog.instances().stream()
                .filter(instance -> instance.chip().name().equals(chip.name()))
                .flatMap(instance -> instance.link().stream())
                .map(NeuronLink::chipRate)
                .findFirst();
        Stream<List<Cell>> memory = Stream.of(
                List.of(Cell.of(chip.name()), Cell.of("memory type"), Cell.of(printed.memoryType().value()),
                        new Cell.Missing("-"), Cell.of(printed.memoryType().source()), Cell.of("")),
                line(chip, "memory capacity", printed.memoryCapacity(), chip.memory().capacity()),
                line(chip, "memory bandwidth", printed.memoryBandwidth(), chip.memory().bandwidth()));
        return Stream.concat(memory, printed.linkRate().stream().flatMap(announced ->
                chipRate.stream().map(rate -> line(chip, "NeuronLink of a chip", announced, rate))));
    }

    private static List<Cell> line(Chip chip, String quantity, Figure announced, Figure architecture) {
        return List.of(Cell.of(chip.name()), Cell.of(quantity), quantity(announced), quantity(architecture),
                Cell.of(announced.source()), Cell.of(architecture.source()));
    }

    /** The prices of instances in every book, one line each. */
    public static Table prices(Catalog catalog, List<Instance> instances) {
        List<Column> columns = List.of(
                Column.plain("book", "Book"),
                Column.plain("instance_type", "Instance"),
                Column.plain("basis", "Basis"),
                Column.plain("region", "Region"),
                Column.plain("date", "Date"),
                Column.plain("price_usd_per_hour", "USD/h"),
                Column.plain("kind", "Kind"),
                Column.plain("source", "Source"));
        List<List<Cell>> rows = catalog.priceBooks().stream()
                .flatMap(book -> instances.stream()
                        .filter(instance -> book.has(instance.name()))
                        .map(instance -> line(book, book.price(instance.name()))))
                .toList();
        return new Table(columns, rows);
    }

    private static List<Cell> line(PriceBook book, Price price) {
        return List.of(
                Cell.of(book.name()),
                Cell.of(price.instance()),
                Cell.of(book.basis().label()),
                Cell.of(book.region()),
                Cell.of(price.date()),
                number(price.dollarsPerHour()),
                Cell.of(price.hourly().kind().label()),
                Cell.of(price.hourly().source()));
    }

    private static Cell quantity(Figure figure) {
        return Cell.of(TableFormat.forPeople(number(figure.value())) + " " + figure.unit().symbol());
    }

    /** A figure with the digits that its source prints. */
    static BigDecimal printed(Figure figure) {
        return BigDecimal.valueOf(figure.value()).stripTrailingZeros();
    }

    /** A given number with the digits it was given with. */
    static Cell number(double value) {
        int digits = BigDecimal.valueOf(value).stripTrailingZeros().precision();
        return value == Math.rint(value) ? Cell.of((long) value) : new Cell.Quantity(value, Math.min(digits, 6));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
