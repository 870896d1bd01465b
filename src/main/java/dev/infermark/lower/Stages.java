package dev.infermark.lower;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a network is cut into stages.
 *
 * <p>A cut lies where no tensor written before is still to be read after it, but for the one that the next node
 * starts from, tensors that are small beside it (masks), and tensors that wait for a node many products away (the
 * skip connections of a U-Net). So a plain layer is a stage of its own, and so is a residual block.
 */
final class Stages {
    /** A tensor read this many products after it was written does not hold its stage together. */
    private static final int FAR_PRODUCTS = 8;

    /** A tensor smaller than the largest one alive by this factor does not hold its stage together. */
    private static final int SMALL_FRACTION = 16;

    private final List<Node> nodes;
    private final int[] productsBefore;
    private final Map<String, Integer> writtenAt = new HashMap<>();
    private final Map<String, Integer> lastReadAt = new HashMap<>();

    private Stages(Graph graph) {
        nodes = graph.nodes();
        productsBefore = new int[nodes.size() + 1];
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            productsBefore[i + 1] = productsBefore[i] + (Fusion.isProduct(node) ? 1 : 0);
            for (Tensor input : node.inputs()) {
                lastReadAt.put(input.name(), i);
            }
            for (Tensor output : node.outputs()) {
                writtenAt.put(output.name(), i);
            }
        }
    }

    /** The nodes of the graph, stage by stage. */
    static List<List<Node>> of(Graph graph) {
        return new Stages(graph).cut();
    }

    private List<List<Node>> cut() {
        List<List<Node>> stages = new ArrayList<>();
        List<Node> stage = new ArrayList<>();
        List<Tensor> alive = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            int now = i;
            stage.add(nodes.get(i));
            alive.addAll(nodes.get(i).outputs());
            alive.removeIf(tensor -> lastReadAt.getOrDefault(tensor.name(), -1) <= now);
            if (hasProduct(stage) && holdingTensors(alive, now) <= 1) {
                stages.add(List.copyOf(stage));
                stage.clear();
            }
        }
        if (!stage.isEmpty()) {
            stages.add(List.copyOf(stage));
        }
        return stages;
    }

    private static boolean hasProduct(List<Node> stage) {
        return stage.stream().anyMatch(Fusion::isProduct);
    }

    private long holdingTensors(List<Tensor> alive, int now) {
        long largest = alive.stream().mapToLong(tensor -> tensor.type().bytes()).max().orElse(0);
        return alive.stream()
                .filter(tensor -> tensor.type().bytes() > largest / SMALL_FRACTION)
                .filter(tensor -> isNear(tensor, now))
                .count();
    }

    private boolean isNear(Tensor tensor, int now) {
        int read = lastReadAt.getOrDefault(tensor.name(), now);
        return productsBefore[read] - productsBefore[writtenAt.getOrDefault(tensor.name(), read)] < FAR_PRODUCTS;
    }
}
