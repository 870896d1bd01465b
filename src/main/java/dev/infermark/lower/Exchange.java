package dev.infermark.lower;

import dev.infermark.graph.Collective;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.List;

/**
 * What the cores of a group exchange at the end of a stage.
 *
 * @param collective what each core holds afterwards, and how many cores there are
 * @param bytes the larger of what a core gives and gets
 * @param repetitions how often in a call, one time after the other
 */
public record Exchange(Collective collective, long bytes, long repetitions) {

    /** The exchange of a node. */
    static Exchange of(Node node, Collective collective) {
        return new Exchange(collective, Math.max(bytes(node.inputs()), bytes(node.outputs())), node.repetitions());
    }

    private static long bytes(List<Tensor> tensors) {
        return tensors.stream().mapToLong(tensor -> tensor.type().bytes()).reduce(0, Math::addExact);
    }
}
