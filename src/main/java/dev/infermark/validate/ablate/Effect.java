package dev.infermark.validate.ablate;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Transfer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that the model says and could leave out: by fixing parameters, or by changing what networks do. */
public enum Effect {
    /** The model as it is. */
    NOTHING("(nothing removed)", Map.of()),
    /** Waits of the Tensor engine. */
    TENSOR_SLOWDOWN("tensorSlowdown (1 instead)", cores("tensorSlowdown", 1)),
    /** Work of the Vector and Scalar engines. */
    LANES("Vector and Scalar work", Map.of()) {
        @Override
        Stream<InstructionGroup> change(InstructionGroup group) {
            return group instanceof Passes ? Stream.empty() : Stream.of(group);
        }
    },
    /** Waits of the Vector and Scalar engines for on-chip memory. */
    ACCESS_LATENCY("access latency of SBUF and PSUM", Map.of()) {
        @Override
        NeuronCore change(NeuronCore core) {
            return core.withoutAccessLatency();
        }
    },
    /** Slower passes of a softmax on NeuronCore-v1. */
    SOFTMAX_SLOWDOWN("softmaxSlowdown on Inf1 (1 instead)", Map.of("/neuroncore-v1/softmaxSlowdown", 1.0)),
    /** Framework and runtime. */
    CALLS("callSeconds", hosts("callSeconds")),
    /** Copies of inputs and outputs. */
    TRANSFERS("transfers between host and device", transfers()),
    /** Look-ups of embeddings by the host of Inf1. */
    LOOKUPS("lookupSecondsPerToken on Inf1", Map.of("/neuroncore-v1/host/lookupSecondsPerToken", 0.0)),
    /** Slower exposed traffic beside a busy core. */
    CONTENTION("contention", Map.of("/neuroncore-v2/contention", 0.0)),
    /** Streaming beside computing. */
    OVERLAP("overlap within stages (sum instead)", cores("prefetchMiss", 1)),
    /** All reading of weights. */
    WEIGHTS("weights", Map.of()) {
        @Override
        Stream<InstructionGroup> change(InstructionGroup group) {
            return isOf(group, Purpose.WEIGHTS) || isOf(group, Purpose.SHARED_WEIGHTS)
                    ? Stream.of(new Transfer(group.node(), Purpose.WEIGHTS, 0, 1))
                    : Stream.of(group);
        }
    },
    /** Reading weights again faster than the first time. */
    SHARED_WEIGHTS("documented rate of shared weights", Map.of()) {
        @Override
        Stream<InstructionGroup> change(InstructionGroup group) {
            return group instanceof Transfer(String node, Purpose purpose, long bytes, long rowBytes)
                            && purpose == Purpose.SHARED_WEIGHTS
                    ? Stream.of(new Transfer(node, Purpose.WEIGHTS, bytes, rowBytes))
                    : Stream.of(group);
        }
    },
    /** Masked scores and expanded masks in device memory. */
    SPILLS("round trip of masked scores, expanded masks", Map.of()) {
        @Override
        Stream<InstructionGroup> change(InstructionGroup group) {
            return isOf(group, Purpose.SPILL) ? Stream.empty() : Stream.of(group);
        }
    },
    /** Scores and probabilities in device memory before 2.13. */
    EARLY_SCORES("round trips of scores before 2.13", eras("scoreExposure", 0)),
    /** Less overlap up to 2.8. */
    EARLY_OVERLAP("less overlap up to 2.8", Map.of("/neuroncore-v2/eras/0.0/prefetchMiss", 0.0)),
    /** Convolutions' results in device memory up to 2.15. */
    RELAYOUT("relayout of convolutions up to 2.15", eras("relayoutExposure", 0)),
    /** What eras do to the core's time. */
    ERAS("coreFactor of all eras (1 instead)", eras("coreFactor", 1)),
    /** The three further passes of quick_gelu. */
    QUICK_GELU("three passes of quick_gelu", Map.of()) {
        @Override
        Graph change(Graph graph) {
            return new Graph(
                    graph.name(), graph.inputs(), graph.outputs(), graph.nodes().stream().map(Effect::fused).toList());
        }
    };

    private final String title;
    @SuppressWarnings("ImmutableEnumChecker") // Copied into a map that cannot change.
    private final Map<String, Double> pinned;

    Effect(String title, Map<String, Double> pinned) {
        this.title = title;
        this.pinned = pinned;
    }

    /** What is removed, as people read it. */
    public String title() {
        return title;
    }

    /** Places in the file of parameters that are not fitted, with the values that they get. */
    Map<String, Double> pinned() {
        return pinned;
    }

    /** What becomes of a network. */
    Graph change(Graph graph) {
        return graph;
    }

    /** What becomes of the hardware. */
    NeuronCore change(NeuronCore core) {
        return core;
    }

    /** What becomes of instructions. */
    Stream<InstructionGroup> change(InstructionGroup group) {
        return Stream.of(group);
    }

    private static boolean isOf(InstructionGroup group, Purpose purpose) {
        return group instanceof Transfer transfer && transfer.purpose() == purpose;
    }

    private static Node fused(Node node) {
        return node.operator() instanceof Activation(Activation.Function function, var type)
                        && function == Activation.Function.QUICK_GELU
                ? new Node(
                        node.name(),
                        node.layer(),
                        new Activation(Activation.Function.GELU, type),
                        node.inputs(),
                        node.outputs(),
                        node.repetitions())
                : node;
    }

    private static Map<String, Double> cores(String name, double value) {
        return places(List.of("neuroncore-v1", "neuroncore-v2"), core -> "/" + core + "/" + name, value);
    }

    private static Map<String, Double> hosts(String name) {
        return places(List.of("neuroncore-v1", "neuroncore-v2"), core -> "/" + core + "/host/" + name, 0);
    }

    private static Map<String, Double> transfers() {
        return places(
                List.of("secondsPerByte", "largeSecondsPerByte", "outputSeconds"),
                name -> "/neuroncore-v2/host/" + name,
                0);
    }

    private static Map<String, Double> eras(String name, double value) {
        return places(
                List.of("0.0", "2.9", "2.10", "2.13", "2.16", "2.22"),
                era -> "/neuroncore-v2/eras/" + era + "/" + name,
                value);
    }

    private static Map<String, Double> places(List<String> names, UnaryOperator<String> place, double value) {
        return names.stream().collect(Collectors.toUnmodifiableMap(place, _ -> value));
    }
}
