package dev.infermark.lower.shard;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TopK;
import dev.infermark.lower.shard.AttentionShape.Kind;
import dev.infermark.lower.shard.GraphSharder.Pair;
import dev.infermark.lower.shard.WeightShape.Split;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the layers of a transformer: every softmax belongs to an attention; the weights that its queries, keys and
 * values come from, and the first weights that read its result, are the attention's; those until the next attention are
 * the feed-forward part's, and the last ones are the head's.
 */
final class TransformerReader {
    private final Graph graph;
    private final Map<String, Node> producers = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();

    /** An attention with the nodes that are its own, and of them the one that reads its result. */
    private record Found(
            AttentionShape shape, Set<Node> own, Optional<Node> output, int from, boolean isDecoder) {}

    /** The weights that a tensor comes from, and the nodes between them and it. */
    private record Behind(Set<Node> projections, Set<Node> between) {}

    TransformerReader(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes()) {
            node.outputs().forEach(output -> producers.put(output.name(), node));
            order.put(node.name(), order.size());
        }
    }

    /** What a group of cores divides: attention's heads, and the inner elements of feed-forward parts. */
    List<Pair> pairs() {
        List<Found> attentions = requiredAttentions();
        List<Pair> pairs = new ArrayList<>();
        Set<Node> own = new HashSet<>();
        for (Found found : attentions) {
            own.addAll(found.own());
            found.output().ifPresent(node -> pairs.add(pair(
                    node, found.shape().heads(), found.shape().keyValueHeads())));
        }
        int from = attentions.stream().mapToInt(Found::from).min().orElse(0);
        graph.nodes().stream()
                .filter(node -> !own.contains(node) && at(node) > from)
                .filter(node -> weights(node)
                        .filter(each -> split(each, hiddenAt(node, attentions)) == Split.ROWS)
                        .isPresent())
                .forEach(node -> pairs.add(pair(node, 1, 1)));
        // A projection of whole results, such as that of CLIP's images, comes from what has been summed.
        Set<Projection> summed = pairs.stream().map(Pair::rows).collect(Collectors.toSet());
        pairs.removeIf(pair -> pair.columns().isEmpty() || !Collections.disjoint(pair.columns(), summed));
        if (pairs.stream().flatMap(pair -> pair.columns().stream()).anyMatch(each -> isExpert(each.node()))) {
            throw new UserError(graph.name() + " is a mixture of experts, which is divided where it generates text:"
                    + " add --output-length");
        }
        return pairs;
    }

    /** Width of the hidden state of the nearest attention before a node. */
    private long hiddenAt(Node node, List<Found> attentions) {
        return attentions.stream()
                .filter(each -> each.from() < at(node))
                .max(Comparator.comparingInt(Found::from))
                .map(each -> each.shape().hidden())
                .orElse(0L);
    }

    private boolean isExpert(Node node) {
        return weights(node).filter(each -> each.experts() > 1).isPresent();
    }

    private Pair pair(Node rows, long heads, long sharedHeads) {
        Projection summed = weights(rows).orElseThrow().projection();
        Behind behind = behind(summed.data());
        Set<Projection> columns = behind.projections().stream()
                .map(node -> weights(node).orElseThrow().projection())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Pair(columns, summed, behind.between(), heads, sharedHeads);
    }

    private List<Found> requiredAttentions() {
        List<Found> attentions = attentions();
        if (attentions.isEmpty()) {
            throw new UserError(graph.name() + " has no attention that a group of cores could share; leave out"
                    + " --tensor-parallel and lengths of text, or use copies (--cores)");
        }
        return attentions;
    }

    TransformerShape read() {
        List<Found> attentions = requiredAttentions();
        Set<Node> own = new HashSet<>();
        attentions.forEach(each -> own.addAll(each.own()));
        List<Weights> others = graph.nodes().stream()
                .filter(node -> !own.contains(node))
                .flatMap(node -> weights(node).stream())
                .toList();
        long hidden = attentions.getLast().shape().hidden();
        Optional<Weights> head = others.isEmpty() ? Optional.empty() : Optional.of(others.getLast())
                .filter(last -> last.rows() == hidden && last.columns() != hidden);
        List<BlockShape> encoder = new ArrayList<>();
        List<BlockShape> decoder = new ArrayList<>();
        for (int i = 0; i < attentions.size(); i++) {
            Found first = attentions.get(i);
            List<AttentionShape> of = new ArrayList<>(List.of(first.shape()));
            if (i + 1 < attentions.size() && attentions.get(i + 1).shape().kind() == Kind.CROSS) {
                of.add(attentions.get(++i).shape());
            }
            int end = i + 1 < attentions.size() ? attentions.get(i + 1).from() : Integer.MAX_VALUE;
            BlockShape block = new BlockShape(of, feedForward(others, head, first, end));
            (first.isDecoder() ? decoder : encoder).add(block);
        }
        if (decoder.isEmpty()) {
            decoder.addAll(encoder);
            encoder.clear();
        }
        return new TransformerShape(
                graph.name(),
                TransformerShape.compressed(encoder),
                TransformerShape.compressed(decoder),
                head.map(Weights::columns).orElse(0L),
                hidden,
                graph.parameters() - projected(attentions, others, head));
    }

    /** Parameters in matrices that cores share; a head that is tied to the word table is counted as the table. */
    private long projected(List<Found> attentions, List<Weights> others, Optional<Weights> head) {
        Set<String> counted = new HashSet<>();
        long sum = 0;
        for (Found found : attentions) {
            sum += found.own().stream()
                    .flatMap(node -> weights(node).stream())
                    .filter(each -> counted.add(each.stored().name()))
                    .mapToLong(each -> each.rows() * each.columns())
                    .sum();
        }
        return sum + others.stream()
                .filter(each -> head.isEmpty() || !each.equals(head.get()) || !isTied(each))
                .filter(each -> counted.add(each.stored().name()))
                .mapToLong(each -> each.rows() * each.columns() * each.experts())
                .sum();
    }

    private boolean isTied(Weights head) {
        String table = head.stored().name();
        return graph.nodes().stream()
                .anyMatch(node -> !node.equals(head.node())
                        && node.inputs().stream().anyMatch(input -> input.name().equals(table)));
    }

    private List<WeightShape> feedForward(List<Weights> others, Optional<Weights> head, Found first, int end) {
        long hidden = first.shape().hidden();
        return others.stream()
                .filter(each -> head.isEmpty() || !each.equals(head.get()))
                .filter(each -> at(each.node()) > first.from() && at(each.node()) < end)
                .map(each -> new WeightShape(
                        split(each, hidden), each.rows(), each.columns(), each.experts(), each.chosen()))
                .toList();
    }

    private Split split(Weights weights, long hidden) {
        if (isRouter(weights.node())) {
            return Split.NONE;
        }
        return weights.columns() == hidden && weights.rows() != hidden ? Split.ROWS : Split.COLUMNS;
    }

    /** Whether the largest of its results are looked for before any other weights are met. */
    private boolean isRouter(Node node) {
        return reached(node, next -> next.operator() instanceof TopK || weights(next).isPresent())
                .filter(next -> next.operator() instanceof TopK)
                .isPresent();
    }

    private List<Found> attentions() {
        List<Found> found = new ArrayList<>();
        Set<Node> outputs = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof Softmax && node.output().shape().rank() >= 3) {
                attention(node, outputs).ifPresent(found::add);
            }
        }
        boolean hasCross = found.stream().anyMatch(each -> each.shape().kind() == Kind.CROSS);
        int firstCross = found.stream()
                .filter(each -> each.shape().kind() == Kind.CROSS)
                .mapToInt(Found::from)
                .min()
                .orElse(0);
        // The decoder of an encoder-decoder begins with the self-attention just before the first cross-attention.
        int start = !hasCross ? 0 : found.stream()
                .filter(each -> each.shape().kind() == Kind.SELF && each.from() < firstCross)
                .mapToInt(Found::from)
                .max()
                .orElse(0);
        return found.stream()
                .map(each -> new Found(
                        each.shape(), each.own(), each.output(), each.from(), hasCross && each.from() >= start))
                .toList();
    }

    private Optional<Found> attention(Node softmax, Set<Node> outputs) {
        Optional<Node> scores = matmul(softmax.inputs().getFirst());
        Optional<Node> context = consumer(softmax);
        if (scores.isEmpty() || context.isEmpty()) {
            return Optional.empty();
        }
        Shape shape = softmax.output().shape();
        // Scores may be written with keys above each other, and the context with values first.
        boolean areKeysFirst = shape.axis(((Softmax) softmax.operator()).axis()) == shape.rank() - 2;
        boolean areValuesFirst = !isFrom(context.get().inputs().getFirst(), softmax);
        Set<Node> queries = sources(scores.get().inputs().get(areKeysFirst ? 1 : 0));
        Set<Node> keys = sources(scores.get().inputs().get(areKeysFirst ? 0 : 1));
        Set<Node> values = sources(context.get().inputs().get(areValuesFirst ? 0 : 1));
        if (queries.isEmpty() || keys.isEmpty() || values.isEmpty()) {
            return Optional.empty();
        }
        long width = context.get().output().shape().dimension(areValuesFirst ? -2 : -1);
        Weights q = weights(queries.iterator().next()).orElseThrow();
        Weights k = weights(keys.iterator().next()).orElseThrow();
        boolean isFused = queries.equals(keys);
        long heads = shape.rank() > 3
                ? shape.dimension(-3)
                : isFused ? headsOf(shape.dimension(-3)) : Math.max(1, q.columns() / width);
        long shared = isFused ? Math.max(1, (q.columns() / width - heads) / 2) : Math.max(1, k.columns() / width);
        boolean isCross = !isFused && !origin(q).equals(origin(k));
        Set<Node> own = new LinkedHashSet<>(queries);
        own.addAll(keys);
        own.addAll(values);
        Optional<Node> output = projection(context.get());
        output.ifPresent(own::add);
        outputs.addAll(own);
        int from = own.stream().mapToInt(this::at).min().orElse(0);
        return Optional.of(new Found(
                new AttentionShape(isCross ? Kind.CROSS : Kind.SELF, q.rows(), heads, Math.min(heads, shared), width),
                own,
                output,
                isCross ? queries.stream().mapToInt(this::at).min().orElse(from) : from,
                false));
    }

    /** Heads of what sequences and their heads are stacked in, if they are. */
    private long headsOf(long stacked) {
        Shape first = graph.inputs().getFirst().shape();
        long batch = first.rank() > 0 ? Math.max(1, first.dimension(0)) : 1;
        return stacked % batch == 0 ? stacked / batch : stacked;
    }

    /** What the input of a projection is computed from first, through norms: its tensor of origin. */
    private String origin(Weights weights) {
        Tensor input = weights.projection().data();
        Node producer = producers.get(input.name());
        return producer == null ? input.name() : producer.output().name();
    }

    /** Whether a tensor comes from a node without a matmul between. */
    private boolean isFrom(Tensor tensor, Node source) {
        Deque<Tensor> waiting = new ArrayDeque<>(List.of(tensor));
        Set<String> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            Node node = producers.get(waiting.removeFirst().name());
            if (node != null && node.name().equals(source.name())) {
                return true;
            }
            if (node != null && seen.add(node.name()) && !(node.operator() instanceof MatMul)) {
                waiting.addAll(node.inputs());
            }
        }
        return false;
    }

    /** The nearest matmul of two computed matrices that a tensor comes from. */
    private Optional<Node> matmul(Tensor from) {
        Deque<Tensor> waiting = new ArrayDeque<>(List.of(from));
        Set<String> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            Node node = producers.get(waiting.removeFirst().name());
            if (node == null || !seen.add(node.name())) {
                continue;
            }
            if (node.operator() instanceof MatMul) {
                if (weights(node).isEmpty()) {
                    return Optional.of(node);
                }
                continue;
            }
            waiting.addAll(node.inputs());
        }
        return Optional.empty();
    }

    /** The projections by weights that a tensor comes from. */
    private Set<Node> sources(Tensor from) {
        return behind(from).projections();
    }

    /** The same with what is between, not looking behind the projections. */
    private Behind behind(Tensor from) {
        Set<Node> found = new LinkedHashSet<>();
        Set<Node> between = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<Tensor> waiting = new ArrayDeque<>(List.of(from));
        while (!waiting.isEmpty()) {
            Node node = producers.get(waiting.removeFirst().name());
            if (node == null || !seen.add(node.name())) {
                continue;
            }
            if (weights(node).isPresent()) {
                found.add(node);
            } else {
                between.add(node);
                waiting.addAll(node.inputs());
            }
        }
        return new Behind(found, between);
    }

    /** The matmul that reads a softmax's result. */
    private Optional<Node> consumer(Node softmax) {
        return reached(softmax, node -> node.operator() instanceof MatMul);
    }

    /** The projection that reads an attention's context. */
    private Optional<Node> projection(Node context) {
        return reached(context, node -> weights(node).isPresent());
    }

    private Optional<Node> reached(Node from, java.util.function.Predicate<Node> wanted) {
        Set<String> reached = new HashSet<>();
        from.outputs().forEach(output -> reached.add(output.name()));
        for (Node node : graph.nodes().subList(at(from) + 1, graph.nodes().size())) {
            if (node.inputs().stream().anyMatch(input -> reached.contains(input.name()))) {
                if (wanted.test(node)) {
                    return Optional.of(node);
                }
                node.outputs().forEach(output -> reached.add(output.name()));
            }
        }
        return Optional.empty();
    }

    private Optional<Weights> weights(Node node) {
        return Weights.of(node, producers);
    }

    private int at(Node node) {
        return order.getOrDefault(node.name(), 0);
    }
}
