package dev.infermark.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A network: operators in an order in which they can run.
 *
 * @param name the name of the network
 * @param inputs what the caller gives on each inference
 * @param outputs what the caller gets back
 * @param nodes the operators, each after those whose results it reads
 */
public record Graph(String name, List<Tensor> inputs, List<Tensor> outputs, List<Node> nodes) {

    /**
     * Refuses a node that reads what nothing before it has written, names that are used twice, and stored tensors of
     * one name that differ in more than the order of their axes.
     */
    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        Set<String> known = new HashSet<>();
        for (Tensor input : inputs) {
            if (!known.add(input.name())) {
                throw new IllegalArgumentException("input " + input.name() + " is given twice");
            }
        }
        Map<String, Tensor> stored = new HashMap<>();
        for (Node node : nodes) {
            for (Tensor input : node.inputs()) {
                boolean isOnDevice = input.role().isStored() || input.role() == TensorRole.STATE;
                if (isOnDevice) {
                    requireSame(input, stored.computeIfAbsent(input.name(), _ -> input));
                } else if (!known.contains(input.name())) {
                    throw new IllegalArgumentException("node " + node.name() + " reads " + input.name()
                            + ", which nothing before it writes");
                }
            }
            for (Tensor output : node.outputs()) {
                if (!known.add(output.name())) {
                    throw new IllegalArgumentException("tensor " + output.name() + " is written twice");
                }
            }
        }
    }

    private static void requireSame(Tensor tensor, Tensor first) {
        boolean isSame = tensor.role().isStored() == first.role().isStored()
                && tensor.type().type() == first.type().type()
                && tensor.shape().elements() == first.shape().elements();
        if (!isSame) {
            throw new IllegalArgumentException(
                    "stored tensor " + tensor.name() + " is both " + first.type() + " and " + tensor.type());
        }
    }

    /** The tensors that are loaded with the model, each once, in the order of their first use. */
    public List<Tensor> stored() {
        return read(tensor -> tensor.role().isStored());
    }

    /** The tensors that stay on the device from one inference to the next, each once, in order of first use. */
    public List<Tensor> state() {
        return read(tensor -> tensor.role() == TensorRole.STATE);
    }

    private List<Tensor> read(Predicate<Tensor> wanted) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (Tensor input : node.inputs()) {
                if (wanted.test(input)) {
                    found.putIfAbsent(input.name(), input);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** The number of learned parameters; a shared one counts once. */
    public long parameters() {
        return stored().stream()
                .filter(tensor -> tensor.role() == TensorRole.PARAMETER)
                .mapToLong(tensor -> tensor.shape().elements())
                .reduce(0, Math::addExact);
    }

    /** The arithmetic of one inference. */
    public Work work() {
        return nodes.stream().map(Node::work).reduce(Work.NONE, Work::plus);
    }

    /** Bytes of all results of operators, each written once, in the types of the graph. */
    public long activationBytes() {
        return nodes.stream()
                .flatMap(node -> node.outputs().stream())
                .mapToLong(tensor -> tensor.type().bytes())
                .reduce(0, Math::addExact);
    }
}
