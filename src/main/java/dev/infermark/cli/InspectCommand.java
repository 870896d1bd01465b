package dev.infermark.cli;

import dev.infermark.base.Counted;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Work;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code infermark inspect MODEL}: the operators of a model and what each of them costs. */
@Command(
        name = "inspect",
        description = {
            "Lists the operators of a model with shapes, parameters, FLOPs and bytes; the last row is the total.",
            "A shared parameter counts where it is first used.",
            "Bytes are those read and written, in the types of the model."
        },
        mixinStandardHelpOptions = true)
final class InspectCommand implements Runnable {
    private static final List<Column> COLUMNS = List.of(
            Column.plain("layer", "Layer"),
            Column.plain("name", "Name"),
            Column.plain("operator", "Operator"),
            Column.plain("inputs", "Inputs"),
            Column.plain("outputs", "Outputs"),
            Column.plain("parameters", "Parameters"),
            Column.plain("flops", "FLOPs"),
            Column.plain("element_operations", "Element operations"),
            Column.plain("bytes", "Bytes"),
            new Column("arithmetic_intensity", "Intensity", "FLOP/byte", Optional.empty()));

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before it runs the command.
    private CommandSpec spec;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final WorkloadOptions workload = new WorkloadOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public void run() {
        ModelSource source = Models.find(model.name());
        source.notes().forEach(note -> spec.commandLine().getErr().println("infermark: note: " + note));
        Graph graph = source.graph(workload.workload(source));
        List<List<Cell>> rows = new ArrayList<>();
        Set<String> counted = new HashSet<>();
        long bytes = 0;
        for (Node node : graph.nodes()) {
            long parameters = node.inputs().stream()
                    .filter(tensor -> tensor.role() == TensorRole.PARAMETER && counted.add(tensor.name()))
                    .mapToLong(tensor -> tensor.shape().elements())
                    .sum();
            rows.add(row(
                    List.of(node.layer(), localName(node), node.operator().mnemonic()),
                    List.of(types(node.inputTypes()), types(node.outputTypes())),
                    parameters,
                    node.work(),
                    node.bytes()));
            bytes += node.bytes();
        }
        rows.add(row(
                List.of("total", graph.name(), Counted.of(graph.nodes().size(), "operator")),
                List.of(types(graph.inputs().stream().map(Tensor::type).toList()),
                        types(graph.outputs().stream().map(Tensor::type).toList())),
                graph.parameters(),
                graph.work(),
                bytes));
        spec.commandLine().getOut().print(format.write(new Table(COLUMNS, rows)));
    }

    private static List<Cell> row(List<String> names, List<String> types, long parameters, Work work, long bytes) {
        Stream<Cell> texts = Stream.concat(names.stream(), types.stream()).map(Cell::of);
        Stream<Cell> numbers = Stream.of(
                Cell.of(parameters),
                Cell.of(work.flops()),
                Cell.of(work.elementOperations()),
                Cell.of(bytes),
                Cell.of(bytes == 0 ? 0.0 : (double) work.flops() / bytes));
        return Stream.concat(texts, numbers).toList();
    }

    private static String localName(Node node) {
        String prefix = node.layer() + "/";
        return node.name().startsWith(prefix) ? node.name().substring(prefix.length()) : node.name();
    }

    /** Types in their order, with how many of the same follow each other. */
    private static String types(List<TensorType> types) {
        List<String> groups = new ArrayList<>();
        for (int from = 0, to; from < types.size(); from = to) {
            to = from + 1;
            while (to < types.size() && types.get(to).equals(types.get(from))) {
                to++;
            }
            groups.add((to - from > 1 ? to - from + "*" : "") + types.get(from));
        }
        return String.join(" ", groups);
    }
}
