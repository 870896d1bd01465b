package dev.infermark.lower;

import dev.infermark.base.Refusal;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Gather;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Outline;
import dev.infermark.graph.Uses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A network as far as its programs for all cores and types have it in common: what is computed from stored tensors is
 * folded, nodes are absorbed by others, and the rest is cut into stages. Safe for use by several threads.
 */
public final class FusedGraph {
    private final Outline outline;
    private final CustomSupport custom;
    private final Uses uses;
    private final Fusion fusion;
    private final Images images;
    private final StoredReads reads;
    private final List<Part> parts;
    private final List<Outline.Stored> stored;

    /**
     * A stage before it is lowered.
     *
     * @param layer the layer of its first matmul; what follows may already be the next layer's
     * @param nodes what it computes
     * @param repetitions how often it runs as a whole: as often as its nodes, where they agree
     * @param like the place of the first stage that has the same instructions
     */
    record Part(String layer, List<Node> nodes, long repetitions, int like) {

        /** What its core exchanges with the others of its group. */
        List<Exchange> exchanges() {
            return nodes.stream()
                    .filter(node -> node.operator() instanceof Collective)
                    .map(node -> Exchange.of(node, (Collective) node.operator()))
                    .toList();
        }
    }

    private FusedGraph(Outline outline, Uses uses, List<List<Node>> stages, CustomSupport custom) {
        Graph graph = outline.graph();
        this.outline = outline;
        this.custom = custom;
        this.uses = uses;
        this.fusion = new Fusion(graph, uses);
        this.images = new Images(graph);
        this.reads = new StoredReads(uses, custom);
        this.parts = parts(stages);
        this.stored = outline.stored();
    }

    /** A graph that is written down in full; see {@link #of(Outline, Supplier, CustomSupport)}. */
    public static FusedGraph of(Graph graph, CustomSupport custom) {
        return of(Outline.of(graph), () -> graph, custom);
    }

    /**
     * A network.
     *
     * @param outline the network
     * @param whole the same written down in full, which is taken where instructions of several layers overlap of which
     *     the outline has one
     * @param custom operators beyond the built-in ones
     * @throws Refusal when it has an operator that is not modelled, naming it, is a step of decoding, computes nothing,
     *     or has sizes beyond what 64 bits count
     */
    public static FusedGraph of(Outline outline, Supplier<Graph> whole, CustomSupport custom) {
        Graph graph = outline.graph();
        Coverage.of(graph, custom).requireComplete(custom.movedOnly());
        if (!graph.state().isEmpty()) {
            throw new Refusal(graph.name() + ": a decoding step reads the keys and values of earlier tokens, which is"
                    + " not modelled yet; predict the whole sequence instead, without --cached-tokens");
        }
        try {
            return fused(outline, custom).orElseGet(() -> of(whole.get(), custom));
        } catch (ArithmeticException e) {
            throw tooLarge(graph);
        }
    }

    static Refusal tooLarge(Graph graph) {
        return new Refusal(graph.name() + ": its sizes are beyond what 64 bits count; check the model's sizes");
    }

    private static Optional<FusedGraph> fused(Outline outline, CustomSupport custom) {
        Uses uses = new Uses(outline.graph());
        Graph folded = StoredFolding.fold(outline.graph(), uses);
        if (folded.nodes().isEmpty()) {
            throw new Refusal(folded.name() + ": nothing is computed, as all outputs are inputs or constants; check"
                    + " that the right file was exported");
        }
        uses = folded.equals(outline.graph()) ? uses : new Uses(folded);
        List<List<Node>> stages = Stages.of(folded, uses);
        return outline.separates(stages)
                ? Optional.of(new FusedGraph(outline.with(folded), uses, stages, custom))
                : Optional.empty();
    }

    private List<Part> parts(List<List<Node>> stages) {
        Map<List<Likeness>, Integer> known = new HashMap<>();
        List<Part> all = new ArrayList<>(stages.size());
        for (List<Node> nodes : stages) {
            List<Likeness> likeness = new ArrayList<>(nodes.size());
            nodes.forEach(node -> likeness.add(Likeness.of(node, fusion, images, reads)));
            Integer first = known.putIfAbsent(likeness, all.size());
            all.add(new Part(layer(nodes), nodes, repetitions(nodes), first == null ? all.size() : first));
        }
        return all;
    }

    private static String layer(List<Node> nodes) {
        return nodes.stream().filter(Fusion::isMatmul).findFirst().orElse(nodes.getFirst()).layer();
    }

    private static long repetitions(List<Node> nodes) {
        long first = nodes.getFirst().repetitions();
        return nodes.stream().allMatch(node -> node.repetitions() == first) ? first : 1;
    }

    Outline outline() {
        return outline;
    }

    CustomSupport custom() {
        return custom;
    }

    Uses uses() {
        return uses;
    }

    Fusion fusion() {
        return fusion;
    }

    Images images() {
        return images;
    }

    StoredReads reads() {
        return reads;
    }

    List<Part> parts() {
        return parts;
    }

    /** The tensors that are loaded with the model. */
    List<Outline.Stored> stored() {
        return stored;
    }

    /** The most rows that one lookup in a stored table takes. */
    OptionalLong embeddingLookups() {
        return outline.graph().nodes().stream()
                .filter(node -> node.operator() instanceof Gather)
                .filter(node -> node.inputs().getFirst().role().isStored())
                .mapToLong(node -> node.inputs().get(1).shape().elements())
                .max();
    }
}
