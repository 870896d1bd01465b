package dev.infermark.lower;

import dev.infermark.graph.Gather;
import dev.infermark.graph.Node;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Uses;

/**
 * How nodes read the tensors that are stored with the model.
 *
 * @param uses who reads what
 * @param custom operators that say themselves how much they read
 */
record StoredReads(Uses uses, CustomSupport custom) {

    /** Whether the node reads single rows of this tensor instead of all of it, or says itself how much it reads. */
    boolean isTable(Node node, Tensor input) {
        return (node.operator() instanceof Gather && input.equals(node.inputs().getFirst()))
                || custom.cost(node).isPresent();
    }

    /**
     * Whether the node reads a stored tensor that an earlier node, or an earlier run of it, has fetched; parts are
     * fetched anew.
     */
    boolean isShared(Node node, Tensor input) {
        return readsWhole(node, input)
                && (node.repetitions() > 1 || isReadBefore(node, input));
    }

    private boolean isReadBefore(Node node, Tensor input) {
        for (Node reader : uses.consumers(input)) {
            if (reader.name().equals(node.name())) {
                return false;
            }
            if (readsWhole(reader, input)) {
                return true;
            }
        }
        return false;
    }

    private boolean readsWhole(Node node, Tensor input) {
        return input.role().isStored() && !isTable(node, input) && !(node.operator() instanceof Slice);
    }
}
