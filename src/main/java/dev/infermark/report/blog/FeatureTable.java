package dev.infermark.report.blog;

import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.blog.BlogFeatures;
import java.util.List;
import java.util.Optional;

/** The post's features of the two PyTorch integrations, beside what is modelled of them. */
public final class FeatureTable {
    private FeatureTable() {}

    /** A row for each feature. */
    public static Table table() {
        return new Table(
                List.of(
                        Column.plain("feature", "Feature"),
                        Column.plain("torch_neuron", "torch-neuron"),
                        Column.plain("torch_neuronx", "torch-neuronx"),
                        Column.plain("modelled", "Infermark"),
                        Column.plain("command", "Command"),
                        Column.plain("manual", "Manual")),
                BlogFeatures.all().stream()
                        .map(feature -> List.of(
                                Cell.of(feature.name()),
                                Cell.of(feature.torchNeuron()),
                                Cell.of(feature.torchNeuronx()),
                                Cell.of(feature.modelled()),
                                cell(feature.command()),
                                cell(feature.manual().map(page -> page + ".md"))))
                        .toList());
    }

    private static Cell cell(Optional<String> text) {
        return text.<Cell>map(Cell::of).orElseGet(() -> new Cell.Missing("-"));
    }
}
