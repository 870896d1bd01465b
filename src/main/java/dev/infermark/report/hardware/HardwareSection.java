package dev.infermark.report.hardware;

import dev.infermark.base.NumberKind;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.ComparedQuantity;
import dev.infermark.hardware.Comparison;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.Bar;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known about the hardware, and how the generations compare. */
public final class HardwareSection {
    private HardwareSection() {}

    /** The section of a catalog. */
    public static Section of(Catalog catalog) {
        List<Block> blocks = new ArrayList<>();
        for (Comparison comparison : catalog.comparisons()) {
            String pair = comparison.chip() + " over " + comparison.baseline();
            String name = "hardware-" + comparison.chip() + "-over-" + comparison.baseline();
            blocks.add(new Block.Text("The blog's ratios of " + pair
                    + ", and the same computed from the hardware figures that the models use. Figures say further"
                    + " down whether they are documented, inferred or calibrated, and by which source."));
            blocks.add(new Block.Figures(List.of(new Block.Figure(
                    plot(catalog, comparison, name), "published by AWS, derived from documented figures", name))));
            blocks.add(new Block.Grid(name, pair, HardwareTables.comparison(catalog, comparison)));
        }
        blocks.add(new Block.Grid(
                "announcements", "What the post prints beside the architecture pages that the models use",
                HardwareTables.announcements(catalog)));
        blocks.add(new Block.Grid("instances", "Instances", HardwareTables.instances(catalog, catalog.instances())));
        blocks.add(new Block.Folded(
                "all-prices",
                "Prices, with terms and source",
                List.of(new Block.Grid("prices", "Prices", HardwareTables.prices(catalog, catalog.instances())))));
        for (Chip chip : catalog.chips()) {
            blocks.add(figures(chip.name(), "Chip " + chip.title(), HardwareFacts.of(chip)));
        }
        for (NeuronCore core : catalog.chips().stream().map(Chip::core).distinct().toList()) {
            blocks.add(figures(core.name(), "Core " + core.name(), HardwareFacts.of(core)));
        }
        return Section.detail("hardware", "Hardware: every figure with unit, kind and source", blocks);
    }

    private static Block figures(String name, String title, List<HardwareFact> facts) {
        return new Block.Folded(
                "figures-" + name,
                title,
                List.of(new Block.Grid(name, title, HardwareFact.section(facts))));
    }

    private static BarPlot plot(Catalog catalog, Comparison comparison, String name) {
        List<ComparedQuantity> quantities = Stream.of(ComparedQuantity.values())
                .filter(quantity -> comparison.publishedRatio(quantity).isPresent())
                .toList();
        return new BarPlot(
                name,
                "How much more does a chip of " + catalog.chip(comparison.chip()).title() + " have?",
                "times that of " + catalog.chip(comparison.baseline()).title(),
                quantities.stream().map(ComparedQuantity::title).toList(),
                List.of(
                        new BarPlot.Series(
                                "",
                                Hue.BLUE,
                                NumberKind.PUBLISHED,
                                quantities.stream()
                                        .map(quantity -> comparison.publishedRatio(quantity).orElseThrow())
                                        .map(figure -> Optional.of(Bar.printed(HardwareTables.printed(figure))))
                                        .toList()),
                        new BarPlot.Series(
                                "",
                                Hue.ORANGE,
                                NumberKind.DERIVED,
                                quantities.stream()
                                        .map(quantity -> Optional.of(Bar.of(comparison.ratio(quantity, catalog))))
                                        .toList())));
    }
}
