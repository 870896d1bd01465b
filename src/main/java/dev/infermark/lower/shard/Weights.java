package dev.infermark.lower.shard;

import dev.infermark.graph.Gather;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TopK;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a projection.
 *
 * @param projection the matmul
 * @param stored the tensor that the graph has them in, those of all experts together
 * @param experts how many such matrices there are
 * @param chosen how many of them each token goes through
 */
record Weights(Projection projection, Tensor stored, long experts, long chosen) {

    /**
     * The weights that a node multiplies by; none where it does something else.
     *
     * @param producers what computes each tensor, by its name
     */
    static Optional<Weights> of(Node node, Map<String, Node> producers) {
        if (!(node.operator() instanceof MatMul)) {
            return Optional.empty();
        }
        Optional<Node> table = table(node.inputs().get(1), producers);
        Optional<Projection> found = table.isPresent()
                ? Optional.of(new Projection(node, Projection.Side.RIGHT))
                : Projection.of(node);
        return found.map(projection -> {
            Tensor stored = table.map(read -> read.inputs().getFirst()).orElse(projection.weights());
            long experts = stored.shape().rank() > 2
                    ? stored.shape().elements() / (projection.inner() * projection.outer())
                    : 1;
            long chosen =
                    table.map(read -> chosen(read.inputs().getLast(), producers)).orElse(experts);
            return new Weights(projection, stored, experts, Math.min(chosen, experts));
        });
    }

    /** The matmul. */
    Node node() {
        return projection.node();
    }

    /** Inner elements of each matrix. */
    long rows() {
        return projection.inner();
    }

    /** Outer elements of each matrix. */
    long columns() {
        return projection.outer();
    }

    /** Where the matrices of those experts are read that were chosen. */
    private static Optional<Node> table(Tensor chosen, Map<String, Node> producers) {
        return Optional.ofNullable(producers.get(chosen.name()))
                .filter(node -> node.operator() instanceof Gather)
                .filter(node -> node.inputs().getFirst().role().isStored());
    }

    /** Experts that each token chooses: as many as the largest scores that the indices come from. */
    private static long chosen(Tensor indices, Map<String, Node> producers) {
        Node node = producers.get(indices.name());
        while (node != null) {
            if (node.operator() instanceof TopK choice) {
                return choice.k();
            }
            node = producers.get(node.inputs().getFirst().name());
        }
        return Long.MAX_VALUE;
    }
}
