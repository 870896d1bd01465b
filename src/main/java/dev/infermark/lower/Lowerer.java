package dev.infermark.lower;

import dev.infermark.base.Refusal;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Gather;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Outline;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Uses;
import dev.infermark.hardware.NeuronCore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Compiles a graph for one NeuronCore. */
public final class Lowerer {
    private final NeuronCore core;
    private final Precision precision;
    private final CustomSupport custom;

    /** A compiler for this core and these element types. */
    public Lowerer(NeuronCore core, Precision precision) {
        this(core, precision, CustomSupport.NONE);
    }

    /** A compiler that also accepts operators beyond the built-in ones. */
    public Lowerer(NeuronCore core, Precision precision, CustomSupport custom) {
        this.core = core;
        this.precision = precision;
        this.custom = custom;
    }

    /**
     * The program of a graph.
     *
     * @throws Refusal when the graph has an operator that is not modelled, naming it, is a step of decoding, or
     *     computes nothing
     */
    public Program lower(Graph graph) {
        return lower(Outline.of(graph)).orElseThrow();
    }

    /**
     * The program of a network; none where instructions of several layers overlap of which one stands for others, so
     * that the whole graph has to be lowered.
     *
     * @throws Refusal as {@link #lower(Graph)}
     */
    public Optional<Program> lower(Outline outline) {
        Graph graph = outline.graph();
        Coverage.of(graph, custom).requireComplete(custom.movedOnly());
        if (!graph.state().isEmpty()) {
            throw new Refusal(graph.name() + ": a decoding step reads the keys and values of earlier tokens, which is"
                    + " not modelled yet; predict the whole sequence instead, without --cached-tokens");
        }
        try {
            Uses uses = new Uses(graph);
            Graph folded = StoredFolding.fold(graph, uses);
            requireWork(folded);
            return program(outline.with(folded), folded == graph ? uses : new Uses(folded));
        } catch (ArithmeticException e) {
            throw new Refusal(graph.name() + ": its sizes are beyond what 64 bits count; check the model's sizes");
        }
    }

    private static void requireWork(Graph graph) {
        if (graph.nodes().isEmpty()) {
            throw new Refusal(graph.name() + ": nothing is computed, as all outputs are inputs or constants; check that"
                    + " the right file was exported");
        }
    }

    private Optional<Program> program(Outline outline, Uses uses) {
        Graph graph = outline.graph();
        List<List<Node>> stages = Stages.of(graph, uses);
        if (!outline.separates(stages)) {
            return Optional.empty();
        }
        Fusion fusion = new Fusion(graph, uses);
        return Optional.of(new Program(
                graph.name(),
                outline.whole(stages(stages, graph, uses, fusion), Stage::name, Stage::named),
                outline.stored().stream()
                        .mapToLong(stored -> stored.count() * storedBytes(stored.tensor()))
                        .sum(),
                graph.inputs().stream()
                        .mapToLong(tensor -> tensor.type().bytes())
                        .sum(),
                graph.outputs().stream().map(tensor -> tensor.type().bytes()).toList(),
                embeddingLookups(graph),
                new ActivationMemory(
                        LiveActivations.peak(graph, uses, precision.elementwise()), outside(outline, fusion))));
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
    private List<Stage> stages(List<List<Node>> parts, Graph graph, Uses uses, Fusion fusion) {
        NodeLowering lowering =
                new NodeLowering(core, precision, fusion, uses, new Images(graph), custom);
        Map<List<Likeness>, List<InstructionGroup>> lowered = new HashMap<>();
        List<Stage> stages = new ArrayList<>();
        for (List<Node> nodes : parts) {
            List<Likeness> likeness = new ArrayList<>(nodes.size());
            nodes.forEach(node -> likeness.add(lowering.likeness(node)));
            long together = repetitions(nodes);
            List<InstructionGroup> groups =
                    lowered.computeIfAbsent(likeness, _ -> groups(nodes, together, lowering));
            stages.add(new Stage(layer(nodes), groups, together, exchanges(nodes)));
        }
        return stages;
    }

    private static List<Exchange> exchanges(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.operator() instanceof Collective)
                .map(node -> Exchange.of(node, (Collective) node.operator()))
                .toList();
    }

    /** How often a stage runs as a whole: as often as its nodes, where they agree. */
    private static long repetitions(List<Node> nodes) {
        long first = nodes.getFirst().repetitions();
        return nodes.stream().allMatch(node -> node.repetitions() == first) ? first : 1;
    }

    /** The instructions of a stage; those of a node that runs more often than the stage have more to do in it. */
    private List<InstructionGroup> groups(List<Node> nodes, long together, NodeLowering lowering) {
        List<InstructionGroup> groups = new ArrayList<>();
        for (Node node : nodes) {
            long runs = node.repetitions() / together;
            fetches(node, lowering).forEach(group -> groups.add(group.times(runs)));
            lowering.lower(node).forEach(group -> groups.add(group.times(runs)));
        }
        return List.copyOf(groups);
    }

    /** The layer of a stage's first matmul; what follows may already be the next layer's. */
    private static String layer(List<Node> nodes) {
        return nodes.stream().filter(Fusion::isMatmul).findFirst().orElse(nodes.getFirst()).layer();
    }

    /**
     * Transfers of the stored tensors that a node reads. Each use is one, also of weights that layers share. The
     * compiler lays matrices out with one long row to a partition.
     */
    private List<InstructionGroup> fetches(Node node, NodeLowering lowering) {
        List<InstructionGroup> transfers = new ArrayList<>();
        for (Tensor input : node.inputs()) {
            if (input.role().isStored() && !lowering.isTable(node, input)) {
                // A part chosen at run time, such as a loop's own layer, is all that is read of the whole.
                long bytes = storedBytes(
                        node.operator() instanceof Slice
                                ? new Tensor(input.name(), node.output().type(), input.role())
                                : input);
                long rows = input.shape().rank() > 1 ? core.sbuf().partitionCount() : 1;
                transfers.add(new InstructionGroup.Transfer(
                        node.name(),
                        lowering.isShared(node, input)
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

    /** The most rows that one lookup in a stored table takes. */
    private static OptionalLong embeddingLookups(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.operator() instanceof Gather)
                .filter(node -> node.inputs().getFirst().role().isStored())
                .mapToLong(node -> node.inputs().get(1).shape().elements())
                .max();
    }
}
