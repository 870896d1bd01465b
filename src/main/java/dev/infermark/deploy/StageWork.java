package dev.infermark.deploy;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.LiveActivations;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import dev.infermark.numerics.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a layer has to do, however long that takes.
 *
 * @param name the layer
 * @param flops floating-point operations of its matmuls and convolutions
 * @param bytes what it moves between device memory and SBUF, weights included
 * @param activationBytes most data alive between two of its nodes
 * @param weightBytes weights that it fetches
 */
public record StageWork(String name, long flops, long bytes, long activationBytes, long weightBytes) {

    /** The work of each stage of a program, in its order. */
    static List<StageWork> of(Graph graph, Program program, DataType elementwise) {
        Map<String, Long> flops = new HashMap<>();
        for (Node node : graph.nodes()) {
            flops.put(node.name(), node.work().flops());
        }
        Map<String, Long> alive = LiveActivations.byNode(graph, elementwise);
        return program.stages().stream().map(stage -> of(stage, flops, alive)).toList();
    }

    /** The nodes of a stage are those that its instructions name; like stages share them, and do as much. */
    private static StageWork of(Stage stage, Map<String, Long> flops, Map<String, Long> alive) {
        List<String> nodes =
                stage.groups().stream().map(InstructionGroup::node).distinct().toList();
        return new StageWork(
                stage.name(),
                nodes.stream().mapToLong(node -> flops.getOrDefault(node, 0L)).sum(),
                stage.repetitions() * transfers(stage).mapToLong(Transfer::bytes).sum(),
                nodes.stream().mapToLong(node -> alive.getOrDefault(node, 0L)).max().orElse(0),
                transfers(stage).filter(StageWork::isWeights).mapToLong(Transfer::bytes).sum());
    }

    private static Stream<Transfer> transfers(Stage stage) {
        return stage.groups().stream().filter(Transfer.class::isInstance).map(Transfer.class::cast);
    }

    private static boolean isWeights(Transfer transfer) {
        return switch (transfer.purpose()) {
            case WEIGHTS, SHARED_WEIGHTS -> true;
            case GATHER, SPILL, SCORES, RELAYOUT -> false;
        };
    }
}
