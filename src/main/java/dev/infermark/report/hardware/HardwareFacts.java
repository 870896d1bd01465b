package dev.infermark.report.hardware;

import dev.infermark.base.NumberKind;
import dev.infermark.hardware.AccessExclusion;
import dev.infermark.hardware.Announcement;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.ComparedQuantity;
import dev.infermark.hardware.Comparison;
import dev.infermark.hardware.Figure;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NamedFigure;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.hardware.Price;
import dev.infermark.hardware.PriceBook;
import dev.infermark.report.table.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Everything a catalog knows, as facts with unit, kind and source. */
public final class HardwareFacts {
    private HardwareFacts() {}

    /** All figures of a kind of core, and the engines that take turns at a memory. */
    public static List<HardwareFact> of(NeuronCore core) {
        List<HardwareFact> facts = new ArrayList<>(facts("core", core.name(), NamedFigure.of(core)));
        for (AccessExclusion rule : core.exclusions()) {
            String engines = String.join(" or ", rule.engines().stream().map(HardwareFacts::word).toList());
            facts.add(new HardwareFact(
                    "core",
                    core.name(),
                    "exclusions." + word(rule.memory()),
                    Cell.of(engines),
                    "",
                    rule.kind().label(),
                    rule.source()));
        }
        return facts;
    }

    /** All figures of a chip but those of its core. */
    public static List<HardwareFact> of(Chip chip) {
        List<HardwareFact> facts = new ArrayList<>(facts("chip", chip.name(), NamedFigure.of(chip)));
        chip.announcement().map(Announcement::memoryType).ifPresent(type -> facts.add(new HardwareFact(
                "chip",
                chip.name(),
                "announcement.memoryType",
                Cell.of(type.value()),
                "",
                type.kind().label(),
                type.source())));
        return facts;
    }

    /** All figures of an instance but those of its chip. */
    public static List<HardwareFact> of(Instance instance) {
        List<HardwareFact> facts = new ArrayList<>(facts("instance", instance.name(), NamedFigure.of(instance)));
        instance.link().ifPresent(link -> facts.add(new HardwareFact(
                "instance",
                instance.name(),
                "link.topology",
                Cell.of(word(link.topology())),
                "",
                link.topologyKind().label(),
                link.topologySource())));
        return facts;
    }

    /** The prices of instances in every book, with the terms they hold for. */
    public static List<HardwareFact> prices(Catalog catalog, List<Instance> instances) {
        return catalog.priceBooks().stream()
                .flatMap(book -> instances.stream()
                        .filter(instance -> book.has(instance.name()))
                        .flatMap(instance -> price(book, book.price(instance.name()))))
                .toList();
    }

    private static Stream<HardwareFact> price(PriceBook book, Price price) {
        String kind = price.hourly().kind().label();
        String source = price.hourly().source();
        String key = price.instance() + ".";
        return Stream.of(
                fact("price", book.name(), key + "hourly", price.hourly()),
                new HardwareFact("price", book.name(), key + "basis", Cell.of(book.basis().label()), "", kind, source),
                new HardwareFact("price", book.name(), key + "region", Cell.of(book.region()), "", kind, source),
                new HardwareFact("price", book.name(), key + "date", Cell.of(price.date()), "", kind, source));
    }

    /** The ratios of a comparison, derived and published, as facts. */
    public static List<HardwareFact> of(Catalog catalog, Comparison comparison) {
        String name = comparison.chip() + " over " + comparison.baseline();
        List<HardwareFact> facts = new ArrayList<>();
        for (ComparedQuantity quantity : ComparedQuantity.values()) {
            facts.add(new HardwareFact(
                    "comparison",
                    name,
                    word(quantity),
                    Cell.of(comparison.ratio(quantity, catalog)),
                    "x",
                    NumberKind.DERIVED.label(),
                    "ratio of " + quantity.formula()));
            comparison.publishedRatio(quantity).ifPresent(published -> facts.add(new HardwareFact(
                    "comparison",
                    name,
                    word(quantity),
                    HardwareTables.number(published.value()),
                    "x",
                    NumberKind.PUBLISHED.label(),
                    published.source())));
        }
        return facts;
    }

    private static List<HardwareFact> facts(String section, String name, List<NamedFigure> figures) {
        return figures.stream().map(named -> fact(section, name, named.key(), named.figure())).toList();
    }

    private static HardwareFact fact(String section, String name, String key, Figure figure) {
        return new HardwareFact(
                section,
                name,
                key,
                HardwareTables.number(figure.value()),
                figure.unit().symbol(),
                figure.kind().label(),
                figure.source());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
