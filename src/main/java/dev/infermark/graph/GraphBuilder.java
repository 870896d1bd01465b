package dev.infermark.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Builds a {@link Graph} node by node, inferring every shape on the way. Not safe for use by several threads. */
public final class GraphBuilder {
    /** Fewer equal layers have no other one between the second and the last. */
    private static final int FEWEST_LAYERS = 4;

    private final String name;
    private final Extent extent;
    private final Map<String, List<String>> runs = new HashMap<>();
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private String layer = "";
    private long copies = 1;
    private long repetitions = 1;
    private Work work = Work.NONE;
    private long bytes;

    /** How much of a network is written down. */
    public enum Extent {
        /** All of it. */
        WHOLE,
        /** Of {@linkplain #equalLayers equal layers} the first, the second for all between, and the last. */
        OUTLINE
    }

    /** Starts a graph of this name. */
    public GraphBuilder(String name) {
        this(name, Extent.WHOLE);
    }

    /** Starts a graph of this name, or its outline. */
    public GraphBuilder(String name, Extent extent) {
        this.name = name;
        this.extent = extent;
    }

    /** The name of the graph. */
    public String name() {
        return name;
    }

    /**
     * Declares an input of the network.
     *
     * @throws IllegalArgumentException when there is one of this name
     */
    public Tensor input(String inputName, TensorType type) {
        if (inputs.stream().anyMatch(input -> input.name().equals(inputName))) {
            throw new IllegalArgumentException("input " + inputName + " is given twice");
        }
        Tensor input = new Tensor(unique(inputName), type, TensorRole.INPUT);
        inputs.add(input);
        return input;
    }

    /** A learned tensor; the same name gives the same tensor, which is how weights are shared. */
    public Tensor parameter(String parameterName, TensorType type) {
        return new Tensor(parameterName, type, TensorRole.PARAMETER);
    }

    /** A tensor that is stored with the model but not learned. */
    public Tensor constant(String constantName, TensorType type) {
        return new Tensor(constantName, type, TensorRole.CONSTANT);
    }

    /** A tensor that stays on the device from one inference to the next. */
    public Tensor state(String stateName, TensorType type) {
        return new Tensor(stateName, type, TensorRole.STATE);
    }

    /** The nodes that follow belong to this layer. */
    public GraphBuilder layer(String layerName) {
        layer = layerName;
        copies = runs.containsKey(layerName) ? runs.get(layerName).size() : 1;
        return this;
    }

    /**
     * The indices of the layers to write down.
     *
     * @param count layers that follow each other, each of which does the same with what the one before it wrote, and
     *     hands nothing to any but the next one
     * @param layerName their names
     */
    public int[] equalLayers(int count, IntFunction<String> layerName) {
        if (extent == Extent.WHOLE || count < FEWEST_LAYERS) {
            return IntStream.range(0, count).toArray();
        }
        runs.put(layerName.apply(1), IntStream.range(1, count - 1).mapToObj(layerName).toList());
        return new int[] {0, 1, count - 1};
    }

    /** The nodes that follow run this often in one inference. */
    public GraphBuilder repetitions(long count) {
        repetitions = count;
        return this;
    }

    /**
     * Adds a node and returns its only output.
     *
     * @throws IllegalArgumentException when the inputs do not fit the operator, naming the node
     */
    public Tensor add(String nodeName, Operator operator, Tensor... operands) {
        return addAll(nodeName, operator, List.of(operands)).getFirst();
    }

    /** Adds a node and returns its outputs. */
    public List<Tensor> addAll(String nodeName, Operator operator, List<Tensor> operands) {
        String full = unique(layer.isEmpty() ? nodeName : layer + "/" + nodeName);
        List<TensorType> types;
        try {
            types = operator.infer(Node.types(operands));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("node " + full + ": " + e.getMessage(), e);
        }
        List<Tensor> outputs = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            String outputName = types.size() == 1 ? full : full + ":" + i;
            outputs.add(new Tensor(outputName, types.get(i), TensorRole.ACTIVATION));
        }
        Node node = new Node(full, layer, operator, operands, outputs, repetitions);
        try {
            count(node);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("node " + full + ": more operations or bytes than 64 bits count", e);
        }
        nodes.add(node);
        return node.outputs();
    }

    /** Refuses sums beyond 2^63, which nobody could run. */
    private void count(Node node) {
        work = work.plus(node.work().times(copies));
        for (Tensor output : node.outputs()) {
            bytes = Math.addExact(bytes, Math.multiplyExact(output.type().bytes(), copies));
        }
    }

    /** The finished graph with these outputs. */
    public Graph build(Tensor... outputs) {
        return new Graph(name, inputs, List.of(outputs), nodes);
    }

    /** A graph that was built here, with what its layers stand for. */
    public Outline outline(Graph built) {
        return new Outline(built, runs);
    }

    private String unique(String wanted) {
        Integer before = uses.putIfAbsent(wanted, 1);
        if (before == null) {
            return wanted;
        }
        uses.put(wanted, before + 1);
        return wanted + "#" + (before + 1);
    }
}
