package dev.infermark.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A network of which one layer is written down for each run of equal ones, such as the middle layers of an encoder.
 *
 * <p>The layers of a run differ in nothing but their names and those of their stored tensors. The ones before and after
 * them are written down too, so that each node has the neighbours that it has in the whole network.
 *
 * @param graph what is written down
 * @param runs by the name of a layer that stands for a run the names of all its layers, in order; empty where the graph
 *     is the whole network
 */
public record Outline(Graph graph, Map<String, List<String>> runs) {

    /** Copies the map. */
    public Outline {
        runs = Map.copyOf(runs);
    }

    /**
     * A stored tensor.
     *
     * @param tensor the one that is written down
     * @param count how many like it the network has: one, but in layers that stand for others and share it with no node
     *     outside
     */
    public record Stored(Tensor tensor, long count) {
        /** Whether it is a learned parameter. */
        public boolean isLearned() {
            return tensor.role() == TensorRole.PARAMETER;
        }

        /** Elements of all of them. */
        public long elements() {
            return Math.multiplyExact(count, tensor.shape().elements());
        }

        /** Bytes of all of them in the type of the graph. */
        public long bytes() {
            return Math.multiplyExact(count, tensor.type().bytes());
        }
    }

    /** A network that is written down in full. */
    public static Outline of(Graph whole) {
        return new Outline(whole, Map.of());
    }

    /** Another graph with the same layers. */
    public Outline with(Graph other) {
        return new Outline(other, runs);
    }

    /** How many nodes of the network a node is. */
    public long copies(Node node) {
        List<String> layers = runs.get(node.layer());
        return layers == null ? 1 : layers.size();
    }

    /**
     * The arithmetic of one inference.
     *
     * @throws ArithmeticException beyond 2^63
     */
    public Work work() {
        Work work = Work.NONE;
        for (Node node : graph.nodes()) {
            work = work.plus(node.work().times(copies(node)));
        }
        return work;
    }

    /** Learned numbers of the network. */
    public long parameters() {
        return parameters(stored());
    }

    /** Learned numbers among stored tensors. */
    public static long parameters(List<Stored> stored) {
        return stored.stream().filter(Stored::isLearned).mapToLong(Stored::elements).reduce(0, Math::addExact);
    }

    /** The tensors that are loaded with the model, in the order of their first use. */
    public List<Stored> stored() {
        Map<String, Node> readers = new LinkedHashMap<>();
        Map<String, Stored> stored = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            for (Tensor input : node.inputs()) {
                if (input.role().isStored()) {
                    Node first = readers.putIfAbsent(input.name(), node);
                    if (first == null) {
                        stored.put(input.name(), new Stored(input, copies(node)));
                    } else if (!first.layer().equals(node.layer())) {
                        stored.computeIfPresent(input.name(), (_, known) -> new Stored(known.tensor(), 1));
                    }
                }
            }
        }
        return List.copyOf(stored.values());
    }

    /** Whether each part lies within a layer that stands for others, or outside of all of them. */
    public boolean separates(List<List<Node>> parts) {
        return runs.isEmpty() || parts.stream().allMatch(this::isWithin);
    }

    private boolean isWithin(List<Node> part) {
        String first = part.getFirst().layer();
        return part.stream()
                .allMatch(node ->
                        node.layer().equals(first) || (!runs.containsKey(node.layer()) && !runs.containsKey(first)));
    }

    /**
     * What the parts of this graph are in the whole network.
     *
     * @param parts in the order of the nodes
     * @param layer the layer of a part
     * @param copy the part in another layer of the run
     */
    public <T> List<T> whole(List<T> parts, Function<T, String> layer, BiFunction<T, String, T> copy) {
        if (runs.isEmpty()) {
            return parts;
        }
        List<T> whole = new ArrayList<>();
        int from = 0;
        while (from < parts.size()) {
            String name = layer.apply(parts.get(from));
            int to = from + 1;
            while (to < parts.size() && layer.apply(parts.get(to)).equals(name)) {
                to++;
            }
            List<T> written = parts.subList(from, to);
            for (String each : runs.getOrDefault(name, List.of(name))) {
                written.forEach(part -> whole.add(each.equals(name) ? part : copy.apply(part, each)));
            }
            from = to;
        }
        return whole;
    }
}
