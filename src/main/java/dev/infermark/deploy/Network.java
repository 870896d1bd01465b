package dev.infermark.deploy;

import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.graph.Graph;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.CostedProgram;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * A network to be deployed: the graph of one call, and how many sequences or images that call carries. It is lowered
 * once for each core and precision that it is asked for. Safe for use by several threads.
 */
public final class Network {
    private final Graph graph;
    private final long batch;
    private final CustomSupport custom;
    private final Set<OperatorMix> mix;
    private final UnaryOperator<Program> change;
    private final ConcurrentMap<Target, CostedProgram> programs = new ConcurrentHashMap<>();

    private record Target(NeuronCore core, Precision precision) {}

    /**
     * A network.
     *
     * @param graph the network for one call
     * @param batch sequences or images that the graph takes at once
     * @param custom operators beyond the built-in ones
     */
    public Network(Graph graph, long batch, CustomSupport custom) {
        this(graph, batch, custom, UnaryOperator.identity());
    }

    private Network(Graph graph, long batch, CustomSupport custom, UnaryOperator<Program> change) {
        this.graph = graph;
        this.batch = batch;
        this.custom = custom;
        this.mix = OperatorMix.of(graph);
        this.change = change;
    }

    /**
     * The same network compiled otherwise, to see what a part of its work contributes.
     *
     * @param graph what becomes of the graph
     * @param program what becomes of the program
     */
    public Network changed(UnaryOperator<Graph> graph, UnaryOperator<Program> program) {
        return new Network(graph.apply(this.graph), batch, custom, program);
    }

    /** The network that a model is for a workload. */
    public static Network of(ModelSource model, Workload workload, CustomSupport custom) {
        Graph graph = model.graph(workload);
        return new Network(graph, model.batch(graph, workload), custom);
    }

    /** The network for one call. */
    public Graph graph() {
        return graph;
    }

    /** Sequences or images of one call. */
    public long batch() {
        return batch;
    }

    /** The inputs of a call by name, type and shape. */
    public List<String> inputs() {
        return graph.inputs().stream()
                .map(input -> input.name() + " " + input.type())
                .toList();
    }

    /** What the network consists of. */
    public Set<OperatorMix> mix() {
        return mix;
    }

    /** What each stage of a prediction about this network has to do, in their order. */
    public List<StageWork> work(Prediction prediction) {
        Program program =
                program(prediction.deployment().instance().chip().core(), prediction.precision()).program();
        return StageWork.of(graph, program, prediction.precision().elementwise());
    }

    /** The network compiled for a core, with the documented costs of its stages there. */
    CostedProgram program(NeuronCore core, Precision precision) {
        return programs.computeIfAbsent(
                new Target(core, precision),
                target -> CostedProgram.of(
                        change.apply(new Lowerer(target.core(), target.precision(), custom).lower(graph)),
                        target.core()));
    }
}
