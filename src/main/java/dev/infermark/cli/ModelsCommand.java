package dev.infermark.cli;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Outline;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.Workload;
import dev.infermark.reader.builtin.BuiltInModel;
import dev.infermark.reader.builtin.Catalogue;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code infermark models}: what {@code --model NAME} knows. */
@Command(
        name = "models",
        description = "Lists the built-in models with their parameters and the FLOPs of one inference.",
        mixinStandardHelpOptions = true)
final class ModelsCommand implements Runnable {
    private static final List<Column> COLUMNS = List.of(
            Column.plain("model_name", "Model"),
            Column.plain("family", "Family"),
            Column.plain("parameters", "Parameters"),
            Column.plain("gflops", "GFLOPs"),
            Column.plain("workload", "of one inference with"),
            Column.plain("source", "Source of the sizes"));

    private static final double GIGA = 1e9;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before it runs the command.
    private CommandSpec spec;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public void run() {
        List<List<Cell>> rows =
                Catalogue.shared().models().stream().map(ModelsCommand::row).toList();
        spec.commandLine().getOut().print(format.write(new Table(COLUMNS, rows)));
    }

    private static List<Cell> row(BuiltInModel model) {
        Outline outline = model.source().outline(Workload.ofBatch(1));
        return List.of(
                Cell.of(model.name()),
                Cell.of(model.family()),
                Cell.of(outline.parameters()),
                Cell.of(outline.work().flops() / GIGA),
                Cell.of(workload(outline.graph())),
                Cell.of(model.origin()));
    }

    private static String workload(Graph graph) {
        return Stream.concat(
                        Stream.of("batch 1"),
                        graph.inputs().stream().map(ModelsCommand::setting).flatMap(Optional::stream))
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> setting(Tensor input) {
        return switch (input.name()) {
            case "input_ids" -> Optional.of(input.shape().dimension(1) + " tokens");
            case "decoder_input_ids" -> Optional.of(input.shape().dimension(1) + " target tokens");
            case "pixel_values", "image" -> Optional.of(input.shape().dimension(2) + " pixels");
            default -> Optional.empty();
        };
    }
}
