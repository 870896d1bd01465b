package dev.infermark.cli;

import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Comparison;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.report.hardware.HardwareFact;
import dev.infermark.report.hardware.HardwareFacts;
import dev.infermark.report.hardware.HardwareTables;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark hardware}: what the models know about chips, instances and prices, and from where. */
@Command(
        name = "hardware",
        mixinStandardHelpOptions = true,
        description = "Shows chips, instances and prices, each figure with unit, kind and source.")
final class HardwareCommand implements Runnable {
    @Spec
    @Nullable CommandSpec spec;

    @ArgGroup
    @Nullable Choice choice;

    @Mixin
    HardwareOption hardware = new HardwareOption();

    @Mixin
    FormatOption format = new FormatOption();

    /** One chip or one instance instead of everything. */
    static final class Choice {
        @Option(names = "--chip", paramLabel = "NAME", description = "Only this chip and its core.")
        @Nullable String chip;

        @Option(names = "--instance", paramLabel = "NAME", description = "Only this instance and its prices.")
        @Nullable String instance;
    }

    /** What of the catalog is shown. */
    private record Selection(
            List<Comparison> comparisons, List<Instance> instances, List<Chip> chips, List<NeuronCore> cores) {}

    @Override
    public void run() {
        Catalog catalog = hardware.catalog();
        Selection selection = select(catalog);
        String text = switch (format.format) {
            case CSV, JSON, NEURONPERF -> format.write(HardwareFact.flat(facts(catalog, selection)));
            case TABLE, MARKDOWN -> sections(catalog, selection);
        };
        out().print(text);
    }

    private Selection select(Catalog catalog) {
        if (choice != null && choice.instance != null) {
            return new Selection(List.of(), List.of(catalog.instance(choice.instance)), List.of(), List.of());
        }
        if (choice != null && choice.chip != null) {
            Chip chip = catalog.chip(choice.chip);
            List<Comparison> comparisons = catalog.comparisons().stream()
                    .filter(comparison -> Stream.of(comparison.chip(), comparison.baseline())
                            .anyMatch(chip.name()::equalsIgnoreCase))
                    .toList();
            return new Selection(comparisons, List.of(), List.of(chip), List.of(chip.core()));
        }
        List<NeuronCore> cores = catalog.chips().stream().map(Chip::core).distinct().toList();
        return new Selection(catalog.comparisons(), catalog.instances(), catalog.chips(), cores);
    }

    private static List<HardwareFact> facts(Catalog catalog, Selection selection) {
        List<HardwareFact> facts = new ArrayList<>();
        selection.comparisons.forEach(comparison -> facts.addAll(HardwareFacts.of(catalog, comparison)));
        facts.addAll(HardwareFacts.prices(catalog, selection.instances));
        selection.instances.forEach(instance -> facts.addAll(HardwareFacts.of(instance)));
        selection.chips.forEach(chip -> facts.addAll(HardwareFacts.of(chip)));
        selection.cores.forEach(core -> facts.addAll(HardwareFacts.of(core)));
        return facts;
    }

    private String sections(Catalog catalog, Selection selection) {
        Map<String, Table> sections = new LinkedHashMap<>();
        selection.comparisons.forEach(comparison -> sections.put(
                comparison.chip() + " over " + comparison.baseline(),
                HardwareTables.comparison(catalog, comparison)));
        if (!selection.instances.isEmpty()) {
            sections.put("Instances", HardwareTables.instances(catalog, selection.instances));
            sections.put("Figures of instances", HardwareFact.section(selection.instances.stream()
                    .flatMap(instance -> HardwareFacts.of(instance).stream())
                    .toList()));
            sections.put("Prices", HardwareTables.prices(catalog, selection.instances));
        }
        selection.chips.forEach(chip -> sections.put(
                "Chip " + chip.name() + " (" + chip.title() + ", core " + chip.core().name() + ")",
                HardwareFact.section(HardwareFacts.of(chip))));
        selection.cores.forEach(
                core -> sections.put("Core " + core.name(), HardwareFact.section(HardwareFacts.of(core))));
        List<String> written = new ArrayList<>();
        String mark = format.format == TableFormat.MARKDOWN ? "## " : "";
        sections.forEach((title, table) -> written.add(mark + title + "\n\n" + format.write(table)));
        return String.join("\n", written);
    }

    private PrintWriter out() {
        return java.util.Objects.requireNonNull(spec).commandLine().getOut();
    }
}
