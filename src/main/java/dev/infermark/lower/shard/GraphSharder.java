package dev.infermark.lower.shard;

import dev.infermark.base.UserError;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.Node;
import dev.infermark.graph.Parallelism.Norms;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Transpose;
import dev.infermark.graph.Uses;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.shard.WeightShape.Split;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Divides a network among a group of cores: of each pair of matmuls with weights, the first by its columns, and with
 * them the heads or inner elements between the two, the second by its rows, whose results the cores sum. All else, the
 * embeddings, norms and heads of tasks, each core computes as a whole (Megatron-LM, arXiv 1909.08053).
 */
public final class GraphSharder {
    /** Where tensors of scores have their heads. */
    private static final int HEADS = -3;

    private final Graph graph;
    private final List<Pair> pairs;

    /**
     * The weights on both sides of what cores compute apart.
     *
     * @param columns matmuls that are divided by their columns
     * @param rows the matmul that is divided by its rows
     * @param between nodes between them
     * @param heads of attention, else 1
     * @param sharedHeads of its keys and values, else 1
     */
    record Pair(Set<Projection> columns, Projection rows, Set<Node> between, long heads, long sharedHeads) {

        /** The widths that are divided: of each first matmul's result, and of what the second reads. */
        LongStream widths() {
            return LongStream.concat(columns.stream().mapToLong(Projection::outer), LongStream.of(rows.inner()));
        }
    }

    private GraphSharder(Graph graph, List<Pair> pairs) {
        this.graph = graph;
        this.pairs = pairs;
    }

    /**
     * What divides a network.
     *
     * @throws UserError where it has no attention, whatever file it was read from
     */
    public static GraphSharder of(Graph graph) {
        return new GraphSharder(graph, new TransformerReader(graph).pairs());
    }

    /** The degrees that an instance's collectives support and that divide all heads and inner elements. */
    public List<Integer> degrees(Instance instance) {
        return Degrees.supported(instance).stream()
                .filter(degree -> pairs.stream().allMatch(pair -> isDivided(pair, degree)))
                .toList();
    }

    private static boolean isDivided(Pair pair, int degree) {
        boolean isWhole = pair.widths().allMatch(width -> width % degree == 0);
        return degree == 1 || (isWhole && (pair.heads() == 1 || pair.sharedHeads() % degree == 0));
    }

    /**
     * One core's part of the network.
     *
     * @throws UserError where the degree is not legal, with the legal ones, or where something between two matmuls
     *     cannot be divided, naming it
     */
    public Graph part(int degree, Instance instance) {
        return part(degree, instance, Norms.WHOLE);
    }

    /** The same with norms and residuals shared in this way. */
    public Graph part(int degree, Instance instance, Norms norms) {
        Graph part = divided(degree, instance);
        return switch (norms) {
            case WHOLE -> part;
            case SEQUENCE_PARALLEL -> {
                requireTokensAboveEachOther();
                yield SequenceParallel.of(part, degree);
            }
        };
    }

    /** Results of W · x have their tokens side by side, where norms do not go over one of them at a time. */
    private void requireTokensAboveEachOther() {
        Uses uses = new Uses(graph);
        pairs.stream()
                .map(Pair::rows)
                .filter(rows -> rows.side() == Projection.Side.LEFT)
                .map(Projection::node)
                .filter(node -> moved(node, uses).equals(node))
                .findFirst()
                .ifPresent(node -> {
                    throw new UserError(graph.name() + " has its tokens side by side in " + node.name()
                            + ", where --sequence-parallel is not modelled; leave it out");
                });
    }

    private Graph divided(int degree, Instance instance) {
        Degrees.require(degree, degrees(instance), graph.name(), instance);
        if (degree == 1) {
            return graph;
        }
        Map<String, Tensor> stored = new HashMap<>();
        Set<String> expanded = new HashSet<>();
        Set<String> summed = new HashSet<>();
        Uses uses = new Uses(graph);
        for (Pair pair : pairs) {
            pair.columns().forEach(each -> cutWeights(each, degree, Split.COLUMNS, stored));
            cutWeights(pair.rows(), degree, Split.ROWS, stored);
            summed.add(moved(pair.rows().node(), uses).name());
            for (Node node : pair.between()) {
                if (node.operator() instanceof Expand && hasHeads(node.output().shape(), pair)) {
                    expanded.add(node.name());
                }
                node.inputs().stream()
                        .filter(input -> input.role().isStored())
                        .forEach(input -> cutBetween(input, pair, degree, stored));
            }
        }
        try {
            return GraphRewriter.rewrite(
                    graph,
                    tensor -> stored.getOrDefault(tensor.name(), tensor),
                    (node, _) -> summed.contains(node.name())
                            ? summed(node, degree)
                            : List.of(expanded.contains(node.name()) ? fewerHeads(node, degree) : node));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    graph.name() + " cannot be divided among " + degree + " cores: " + e.getMessage()
                            + "; put a whole copy on each core (--cores)", e);
        }
    }

    /** The last of the nodes that do no more than move a result, after which it is summed as well as before. */
    private Node moved(Node node, Uses uses) {
        List<Node> readers = uses.consumers(node.output());
        boolean isMoved = readers.size() == 1
                && readers.getFirst().operator() instanceof Transpose
                && !graph.outputs().contains(node.output());
        return isMoved ? moved(readers.getFirst(), uses) : node;
    }

    private static void cutWeights(Projection projection, int degree, Split split, Map<String, Tensor> stored) {
        Tensor weights = projection.weights();
        stored.put(weights.name(), part(weights, projection.axis(split), degree));
    }

    /** Biases and scales of what is divided. */
    private static void cutBetween(Tensor tensor, Pair pair, int degree, Map<String, Tensor> stored) {
        Shape shape = tensor.shape();
        if (hasHeads(shape, pair)) {
            stored.put(tensor.name(), part(tensor, HEADS, degree));
        } else {
            pair.widths()
                    .mapToObj(width -> Projection.axisOf(shape, width))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(axis -> stored.put(tensor.name(), part(tensor, axis, degree)));
        }
    }

    private static boolean hasHeads(Shape shape, Pair pair) {
        return shape.rank() >= -HEADS && pair.heads() > 1 && shape.dimension(HEADS) == pair.heads();
    }

    private static Tensor part(Tensor tensor, int axis, int degree) {
        Shape shape = tensor.shape().with(axis, tensor.shape().dimension(axis) / degree);
        return new Tensor(tensor.name(), tensor.type().withShape(shape), tensor.role());
    }

    private static Node fewerHeads(Node node, int degree) {
        Shape shape = node.output().shape();
        return node.with(new Expand(shape.with(HEADS, shape.dimension(HEADS) / degree)), node.inputs());
    }

    private static List<Node> summed(Node node, int degree) {
        Tensor whole = node.output();
        Tensor partial = new Tensor(whole.name() + ".partial", whole.type(), whole.role());
        Node product = new Node(
                node.name(), node.layer(), node.operator(), node.inputs(), List.of(partial), node.repetitions());
        Node sum = new Node(
                node.name() + ".all_reduce",
                node.layer(),
                new Collective(Collective.Kind.ALL_REDUCE, degree, 0),
                List.of(partial),
                List.of(whole),
                node.repetitions());
        return List.of(product, sum);
    }
}
