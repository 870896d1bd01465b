package dev.infermark.lower;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Uses;
import dev.infermark.hardware.NeuronCore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compiles a graph for one NeuronCore. */
public final class Lowerer {
    private final NeuronCore core;
    private final Precision precision;

    /** A compiler for this core and these element types. */
    public Lowerer(NeuronCore core, Precision precision) {
        this.core = core;
        this.precision = precision;
    }

    /**
     * The program of a graph.
     *
     * @throws dev.infermark.base.Refusal when the graph has an operator that is not modelled, naming it
     */
    public Program lower(Graph graph) {
        Coverage.of(graph).requireComplete();
        Uses uses = new Uses(graph);
        Fusion fusion = new Fusion(graph, uses);
        NodeLowering lowering = new NodeLowering(core, precision, fusion, uses);
        Set<String> fetched = new HashSet<>();
        List<Stage> stages = new ArrayList<>();
        for (List<Node> nodes : Stages.of(graph)) {
            List<InstructionGroup> groups = new ArrayList<>();
            for (Node node : nodes) {
                groups.addAll(fetches(node, fetched));
                groups.addAll(lowering.lower(node));
            }
            stages.add(new Stage(nodes.getLast().layer(), groups));
        }
        return new Program(
                graph.name(),
                stages,
                graph.stored().stream().mapToLong(this::storedBytes).sum(),
                bytes(graph.inputs()),
                bytes(graph.outputs()),
                PeakActivations.of(graph, precision.elementwise()));
    }

    /** Transfers of the stored tensors that a node reads and that no node before it has fetched. */
    private List<InstructionGroup> fetches(Node node, Set<String> fetched) {
        List<InstructionGroup> transfers = new ArrayList<>();
        for (Tensor input : node.inputs()) {
            if (input.role().isStored() && !NodeLowering.isTable(node, input) && fetched.add(input.name())) {
                long bytes = storedBytes(input);
                long rows = Math.max(1, input.shape().rank() < 2 ? 1 : input.shape().dimension(0));
                transfers.add(new InstructionGroup.Transfer(
                        node.name(), InstructionGroup.Purpose.WEIGHTS, bytes, Math.ceilDiv(bytes, rows)));
            }
        }
        return transfers;
    }

    /** Matrices are stored in the type that products compute in, vectors in that of everything else. */
    private long storedBytes(Tensor tensor) {
        boolean isFloat = tensor.type().type().isFloatingPoint();
        boolean isMatrix = tensor.shape().rank() > 1;
        int bytes = !isFloat
                ? tensor.type().type().bytes()
                : isMatrix ? precision.matmul().bytes() : precision.elementwise().bytes();
        return tensor.shape().elements() * bytes;
    }

    private static long bytes(List<Tensor> tensors) {
        return tensors.stream().mapToLong(tensor -> tensor.type().bytes()).sum();
    }
}
