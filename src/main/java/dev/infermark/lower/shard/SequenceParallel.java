package dev.infermark.lower.shard;

import dev.infermark.base.UserError;
import dev.infermark.graph.Activation;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphRewriter;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides by tokens what lies between the sums of one core's part and its next matrices: biases, residuals and norms
 * (Korthikanti et al., arXiv 2205.05198). Each sum becomes a reduce-scatter, after which a core goes on with its own
 * tokens as far as each token is computed by itself; what needs them all gets them by an all-gather. Sums of fewer
 * dimensions than others have lost their tokens, as those of a pooled head have, and stay whole.
 */
final class SequenceParallel {
    /** Where tensors of hidden states have their tokens. */
    private static final int TOKENS = -2;

    private final String network;
    private final int degree;

    /** Dimensions of sums that have tokens. */
    private final int rank;

    /** What a core has of a tensor for its own tokens, by the tensor's name. */
    private final Map<String, Tensor> own = new HashMap<>();

    private SequenceParallel(String network, int degree, int rank) {
        this.network = network;
        this.degree = degree;
        this.rank = rank;
    }

    /**
     * The same part with tokens divided.
     *
     * @throws UserError where the tokens cannot be divided by the cores
     */
    static Graph of(Graph part, int degree) {
        int rank = part.nodes().stream()
                .filter(SequenceParallel::isSum)
                .mapToInt(sum -> sum.output().shape().rank())
                .max()
                .orElse(0);
        SequenceParallel tokens = new SequenceParallel(part.name(), degree, rank);
        return GraphRewriter.rewrite(part, (node, _) -> tokens.replaced(node));
    }

    private List<Node> replaced(Node node) {
        if (isSum(node) && node.output().shape().rank() == rank) {
            return scattered(node);
        }
        return isByToken(node) ? apart(node) : List.of(node);
    }

    private static boolean isSum(Node node) {
        return node.operator() instanceof Collective collective && collective.kind() == Collective.Kind.ALL_REDUCE;
    }

    private List<Node> scattered(Node sum) {
        Shape shape = sum.output().shape();
        if (shape.rank() < 2 || shape.dimension(TOKENS) % degree != 0) {
            throw new UserError(network + ": --sequence-parallel divides tokens among " + degree + " cores, of which "
                    + sum.output().name() + " has " + (shape.rank() < 2 ? 1 : shape.dimension(TOKENS))
                    + "; choose a multiple, or leave it out");
        }
        Tensor part = partOf(sum.output());
        return List.of(
                exchange(sum, ".reduce_scatter", Collective.Kind.REDUCE_SCATTER, sum.inputs().getFirst(), part),
                gathered(sum));
    }

    /** Whether each token of the result comes from the same token of what is divided by tokens. */
    private boolean isByToken(Node node) {
        boolean keepsTokens = switch (node.operator()) {
            case Elementwise _, Activation _ -> true;
            case Normalization norm -> norm.kind() == Normalization.Kind.LAYER || norm.kind() == Normalization.Kind.RMS;
            default -> false;
        };
        return keepsTokens
                && node.inputs().stream()
                        .anyMatch(input -> own.containsKey(input.name()) && tokens(input) == tokens(node.output()));
    }

    private List<Node> apart(Node node) {
        List<Node> nodes = new ArrayList<>();
        List<Tensor> inputs = new ArrayList<>();
        for (Tensor input : node.inputs()) {
            if (tokens(input) != tokens(node.output())) {
                inputs.add(input);
                continue;
            }
            if (!own.containsKey(input.name())) {
                Slice slice = Slice.of(TOKENS, 0, tokens(input) / degree);
                nodes.add(new Node(
                        input.name() + ".slice",
                        node.layer(),
                        slice,
                        List.of(input),
                        List.of(partOf(input)),
                        node.repetitions()));
            }
            inputs.add(partOf(input));
        }
        nodes.add(new Node(
                node.name(),
                node.layer(),
                node.operator(),
                inputs,
                List.of(partOf(node.output())),
                node.repetitions()));
        nodes.add(gathered(node));
        return nodes;
    }

    /** All tokens again; left out where nothing reads them. */
    private Node gathered(Node node) {
        Tensor whole = node.output();
        return exchange(node, ".all_gather", Collective.Kind.ALL_GATHER, partOf(whole), whole);
    }

    private Node exchange(Node node, String suffix, Collective.Kind kind, Tensor from, Tensor to) {
        return new Node(
                node.output().name() + suffix,
                node.layer(),
                new Collective(kind, degree, TOKENS),
                List.of(from),
                List.of(to),
                node.repetitions());
    }

    private Tensor partOf(Tensor whole) {
        return own.computeIfAbsent(whole.name(), name -> new Tensor(
                name + ".own_tokens",
                whole.type().withShape(whole.shape().with(TOKENS, tokens(whole) / degree)),
                TensorRole.ACTIVATION));
    }

    private static long tokens(Tensor tensor) {
        return tensor.shape().rank() < 2 ? 1 : tensor.shape().dimension(TOKENS);
    }
}
