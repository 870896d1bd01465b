package dev.infermark.lower;

import dev.infermark.base.Refusal;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Outline;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.hardware.NeuronCore;
import java.util.ArrayList;
import java.util.List;

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
     * The program of a graph of built-in operators.
     *
     * @throws Refusal as {@link FusedGraph#of(Outline, java.util.function.Supplier, CustomSupport)}
     */
    public Program lower(Graph graph) {
        return lower(FusedGraph.of(graph, CustomSupport.NONE));
    }

    /**
     * The program of a network.
     *
     * @throws Refusal where its sizes exceed what 64 bits count, or the core cannot run a custom operator
     */
    public Program lower(FusedGraph fused) {
        try {
            return program(fused);
        } catch (ArithmeticException e) {
            throw FusedGraph.tooLarge(fused.outline().graph());
        }
    }

    private Program program(FusedGraph fused) {
        Outline outline = fused.outline();
        Graph graph = outline.graph();
        return new Program(
                graph.name(),
                outline.whole(stages(fused), Stage::name, Stage::named),
                fused.stored().stream()
                        .mapToLong(stored -> stored.count() * storedBytes(stored.tensor()))
                        .sum(),
                graph.inputs().stream().mapToLong(tensor -> tensor.type().bytes()).sum(),
                graph.outputs().stream().map(tensor -> tensor.type().bytes()).toList(),
                fused.embeddingLookups(),
                new ActivationMemory(
                        LiveActivations.peak(graph, fused.uses(), precision.elementwise()),
                        outside(outline, fused.fusion())));
    }

    /** The results, with what is fused into them, that are larger than the on-chip memory. */
    private List<ActivationMemory.Buffer> outside(Outline outline, Fusion fusion) {
        int bytes = precision.elementwise().bytes();
        List<Node> nodes = new ArrayList<>();
        for (Node node : outline.graph().nodes()) {
            if (hasLarge(node.outputs()) && fusion.of(node).isEmpty()) {
                nodes.add(node);
            }
        }
        return outline.whole(nodes, Node::layer, (node, _) -> node).stream()
                .flatMap(node -> node.outputs().stream())
                .filter(this::isLarge)
                .map(Tensor::shape)
                .map(shape -> new ActivationMemory.Buffer(shape.elements() * bytes, shape.dimension(-1) * bytes))
                .toList();
    }

    private boolean hasLarge(List<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            if (isLarge(tensor)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLarge(Tensor tensor) {
        return Math.multiplyExact(
                        tensor.shape().elements(), precision.elementwise().bytes())
                > core.sbuf().capacityBytes();
    }

    /** The stages; what is lowered once serves all stages that are like it. */
    private List<Stage> stages(FusedGraph fused) {
        NodeLowering lowering = new NodeLowering(core, precision, fused);
        List<Stage> stages = new ArrayList<>();
        for (FusedGraph.Part part : fused.parts()) {
            List<InstructionGroup> groups = part.like() < stages.size()
                    ? stages.get(part.like()).groups()
                    : groups(part, lowering, fused.reads());
            stages.add(new Stage(part.layer(), groups, part.repetitions(), part.exchanges()));
        }
        return stages;
    }

    /** The instructions of a stage; those of a node that runs more often than the stage have more to do in it. */
    private List<InstructionGroup> groups(FusedGraph.Part part, NodeLowering lowering, StoredReads reads) {
        List<InstructionGroup> groups = new ArrayList<>();
        for (Node node : part.nodes()) {
            long runs = node.repetitions() / part.repetitions();
            fetches(node, reads).forEach(group -> groups.add(group.times(runs)));
            lowering.lower(node).forEach(group -> groups.add(group.times(runs)));
        }
        return List.copyOf(groups);
    }

    /**
     * Transfers of the stored tensors that a node reads. Each use is one, also of weights that layers share. The
     * compiler lays matrices out with one long row to a partition.
     */
    private List<InstructionGroup> fetches(Node node, StoredReads reads) {
        List<InstructionGroup> transfers = new ArrayList<>();
        for (Tensor input : node.inputs()) {
            if (input.role().isStored() && !reads.isTable(node, input)) {
                // A part chosen at run time, such as a loop's own layer, is all that is read of the whole.
                long bytes = storedBytes(
                        node.operator() instanceof Slice
                                ? new Tensor(input.name(), node.output().type(), input.role())
                                : input);
                long rows = input.shape().rank() > 1 ? core.sbuf().partitionCount() : 1;
                transfers.add(new InstructionGroup.Transfer(
                        node.name(),
                        reads.isShared(node, input)
                                ? InstructionGroup.Purpose.SHARED_WEIGHTS
                                : InstructionGroup.Purpose.WEIGHTS,
                        bytes,
                        Math.ceilDiv(bytes, rows)));
            }
        }
        return transfers;
    }

    /** Matrices are stored in the type that matmuls compute in, vectors in the elementwise type. */
    private long storedBytes(Tensor tensor) {
        boolean isFloat = tensor.type().type().isFloatingPoint();
        boolean isMatrix = tensor.shape().rank() > 1;
        int bytes = !isFloat
                ? tensor.type().type().bytes()
                : isMatrix ? precision.matmul().bytes() : precision.elementwise().bytes();
        return Math.multiplyExact(tensor.shape().elements(), bytes);
    }
}
