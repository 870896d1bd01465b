package dev.infermark.lower;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.Uses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a network is cut into stages.
 *
 * <p>A cut lies where a single tensor is alive that more than one node or a matmul starts from; a pooling works on the
 * tiles of the matmul before it while the array makes the next ones, and so shares its stage. Tensors that are small
 * beside it (masks) do not count, nor do those that wait for a node many matmuls away (the skip
 * connections of a U-Net). So a plain layer is a stage of its own, and so is a residual block. A block with a softmax
 * and the block after it, which has none, are one stage: the layer of a transformer.
 */
final class Stages {
    /** A tensor read this many matmuls after it was written does not hold its stage together. */
    private static final int FAR_MATMULS = 8;

    /** A tensor smaller than the largest one alive by this factor does not hold its stage together. */
    private static final int SMALL_FRACTION = 16;

    private final List<Node> nodes;
    private final Uses uses;
    private final int[] matmulsBefore;

    private Stages(Graph graph, Uses uses) {
        this.nodes = graph.nodes();
        this.uses = uses;
        this.matmulsBefore = new int[nodes.size() + 1];
        for (int i = 0; i < nodes.size(); i++) {
            matmulsBefore[i + 1] = matmulsBefore[i] + (Fusion.isMatmul(nodes.get(i)) ? 1 : 0);
        }
    }

    /** The nodes of the graph, stage by stage. */
    static List<List<Node>> of(Graph graph, Uses uses) {
        return joinTransformerLayers(new Stages(graph, uses).blocks());
    }

    /** A tensor, the places of the nodes that write and last read it, and its bytes. */
    private record Alive(Tensor tensor, int writtenAt, int lastReadAt, long bytes) {}

    private List<List<Node>> blocks() {
        List<List<Node>> blocks = new ArrayList<>();
        List<Node> block = new ArrayList<>();
        List<Alive> alive = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            int now = i;
            block.add(nodes.get(i));
            for (Tensor output : nodes.get(i).outputs()) {
                alive.add(new Alive(
                        output,
                        now,
                        uses.lastReadAt(output).orElse(-1),
                        output.type().bytes()));
            }
            alive.removeIf(tensor -> tensor.lastReadAt() <= now);
            if (onlyTensor(alive).filter(this::startsBlock).isPresent()) {
                blocks.add(List.copyOf(block));
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            blocks.add(List.copyOf(block));
        }
        return blocks;
    }

    private Optional<Tensor> onlyTensor(List<Alive> alive) {
        long largest = 0;
        for (Alive each : alive) {
            largest = Math.max(largest, each.bytes());
        }
        Optional<Tensor> only = Optional.empty();
        for (Alive each : alive) {
            if (each.bytes() > largest / SMALL_FRACTION && isNear(each)) {
                if (only.isPresent()) {
                    return Optional.empty();
                }
                only = Optional.of(each.tensor());
            }
        }
        return only;
    }

    private boolean startsBlock(Tensor tensor) {
        List<Node> consumers = uses.consumers(tensor);
        return consumers.size() > 1 || Fusion.isMatmul(consumers.getFirst());
    }

    private boolean isNear(Alive tensor) {
        return matmulsBefore[tensor.lastReadAt()] - matmulsBefore[tensor.writtenAt()] < FAR_MATMULS;
    }

    private static List<List<Node>> joinTransformerLayers(List<List<Node>> blocks) {
        List<List<Node>> stages = new ArrayList<>();
        boolean isAttention = false;
        for (List<Node> block : blocks) {
            boolean hasSoftmax = hasSoftmax(block);
            if (isAttention && !hasSoftmax) {
                List<Node> layer = new ArrayList<>(stages.removeLast());
                layer.addAll(block);
                stages.add(layer);
            } else {
                stages.add(block);
            }
            isAttention = hasSoftmax;
        }
        return stages;
    }

    private static boolean hasSoftmax(List<Node> block) {
        for (Node node : block) {
            if (node.operator() instanceof Softmax) {
                return true;
            }
        }
        return false;
    }
}
