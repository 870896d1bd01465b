package dev.infermark.deploy;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.deploy.pipeline.PipelineParts;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Outline;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.FusedGraph;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.GraphSharder;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Conditions;
import dev.infermark.simulate.CostedProgram;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A network to be deployed. One that is a graph is lowered once for each core and precision that it is asked for; one
 * that was compiled before has a program for one of them. Safe for use by several threads.
 */
public final class Network {
    private final Source source;
    private final NetworkFacts facts;
    private final OptionalInt exchangingCores;
    private final ConcurrentMap<Target, CostedProgram> programs = new ConcurrentHashMap<>();
    private final ConcurrentMap<Target, CoreMemory> memories = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, List<Integer>> degrees = new ConcurrentHashMap<>();
    private @Nullable FusedGraph fused;
    private @Nullable GraphSharder sharder;
    private final ConcurrentMap<Group, Network> parts = new ConcurrentHashMap<>();

    private final ConcurrentMap<Timed, PipelineParts> pipelines = new ConcurrentHashMap<>();

    private record Timed(Target target, Calibration calibration, Conditions conditions) {}

    private record Target(NeuronCore core, Precision precision) {}

    private record Group(int degree, Parallelism.Norms norms, String instance) {}

    /** Where programs come from. */
    private sealed interface Source {
        /** They are lowered, and then changed, from a graph, of which the outline is enough where it has one. */
        record Model(Supplier<Graph> whole, Outline outline, CustomSupport custom, UnaryOperator<Program> change)
                implements Source {
            Model(Graph whole, CustomSupport custom, UnaryOperator<Program> change) {
                this(() -> whole, Outline.of(whole), custom, change);
            }

            Graph graph() {
                return outline.runs().isEmpty() ? outline.graph() : whole.get();
            }

            NetworkFacts facts(long batch) {
                return NetworkFacts.of(outline, batch, custom);
            }

            FusedGraph fused() {
                return FusedGraph.of(outline, whole, custom);
            }
        }

        /** There is one. */
        record Compiled() implements Source {}
    }

    /**
     * A network.
     *
     * @param graph the network for one call
     * @param batch sequences or images that the graph takes at once
     * @param custom operators beyond the built-in ones
     * @throws Refusal where its sizes exceed what 64 bits count, or a custom operator refuses its inputs
     */
    public Network(Graph graph, long batch, CustomSupport custom) {
        this(new Source.Model(graph, custom, UnaryOperator.identity()), batch);
    }

    private Network(Source.Model model, long batch) {
        this(model, model.facts(batch));
    }

    private Network(Source source, NetworkFacts facts) {
        this.source = source;
        this.facts = facts;
        this.exchangingCores = switch (source) {
            case Source.Model model -> exchangingCores(model.outline().graph());
            case Source.Compiled() -> OptionalInt.empty();
        };
    }

    private static OptionalInt exchangingCores(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.operator() instanceof Collective)
                .mapToInt(node -> Math.toIntExact(((Collective) node.operator()).participants()))
                .filter(cores -> cores > 1)
                .max();
    }

    /**
     * A network that was lowered before.
     *
     * @param core the core that it was lowered for
     * @param precision the types that it computes in
     */
    public static Network compiled(NetworkFacts facts, NeuronCore core, Precision precision, Program program) {
        Network network = new Network(new Source.Compiled(), facts);
        network.programs.put(new Target(core, precision), CostedProgram.of(program, core));
        return network;
    }

    /**
     * The same network compiled otherwise, to see what a part of its work contributes.
     *
     * @param graph what becomes of the graph
     * @param program what becomes of the program
     * @throws IllegalStateException where the network was compiled before
     */
    public Network changed(UnaryOperator<Graph> graph, UnaryOperator<Program> program) {
        Source.Model model = model();
        return new Network(new Source.Model(graph.apply(model.graph()), model.custom(), program), facts.batch());
    }

    /** The network that a model is for a workload. */
    public static Network of(ModelSource model, Workload workload, CustomSupport custom) {
        Outline outline = model.outline(workload);
        return new Network(
                new Source.Model(() -> model.graph(workload), outline, custom, UnaryOperator.identity()),
                model.batch(outline.graph(), workload));
    }

    /**
     * The network for one call.
     *
     * @throws IllegalStateException where the network was compiled before, of which no more than the facts is known
     */
    public Graph graph() {
        return model().graph();
    }

    /** What each core of a deployment has of the network: all of it, but in a tensor-parallel group. */
    Network share(Deployment deployment) {
        return deployment.parallelism() instanceof Parallelism.TensorParallel split
                ? part(split, deployment.instance())
                : this;
    }

    /**
     * One core's part of this network in a tensor-parallel group; the network itself where its file is such a part.
     *
     * @throws UserError where the degree is not legal or not that of the file
     */
    private Network part(Parallelism.TensorParallel split, Instance instance) {
        int degree = split.degree();
        if (exchangingCores.isPresent()) {
            if (exchangingCores.getAsInt() != degree) {
                throw new UserError(facts.name() + " is one core's part of a network over "
                        + exchangingCores.getAsInt() + " cores; use --tensor-parallel " + exchangingCores.getAsInt());
            }
            Degrees.require(degree, instance, facts.name());
            return this;
        }
        return parts.computeIfAbsent(new Group(degree, split.norms(), instance.name()), _ -> switch (source) {
            case Source.Model model -> {
                Graph part = GraphSharder.of(model.graph()).part(degree, instance, split.norms());
                yield new Network(new Source.Model(part, model.custom(), model.change()), facts.batch());
            }
            case Source.Compiled() -> throw new UserError(facts.name()
                    + " was compiled for a single core; predict the model that it was compiled from");
        });
    }

    /**
     * The degrees above 1 at which an instance's cores can share this network, smallest first; none for what has none.
     */
    List<Integer> degrees(Instance instance) {
        return degrees.computeIfAbsent(instance.name(), _ -> legal(instance));
    }

    private List<Integer> legal(Instance instance) {
        if (!(source instanceof Source.Model model) || exchangingCores.isPresent()) {
            return List.of();
        }
        try {
            return sharder(model).degrees(instance).stream()
                    .filter(degree -> degree > 1)
                    .toList();
        } catch (UserError e) {
            // It has no attention, and is not divided.
            return List.of();
        }
    }

    /** What all programs have in common, made once. */
    private synchronized FusedGraph fused(Source.Model model) {
        if (fused == null) {
            fused = model.fused();
        }
        return fused;
    }

    /** What divides the layers, read once; equal layers are divided alike. */
    private synchronized GraphSharder sharder(Source.Model model) {
        if (sharder == null) {
            sharder = GraphSharder.of(model.outline().graph());
        }
        return sharder;
    }

    /** Cores that exchange tensors in the network as its file has it; none where it is whole. */
    public OptionalInt exchangingCores() {
        return exchangingCores;
    }

    private Source.Model model() {
        return switch (source) {
            case Source.Model model -> model;
            case Source.Compiled() -> throw new IllegalStateException(facts.name() + " has no graph any more");
        };
    }

    /** What is known of the network beside its programs. */
    public NetworkFacts facts() {
        return facts;
    }

    /** Sequences or images of one call. */
    public long batch() {
        return facts.batch();
    }

    /** The inputs of a call by name, type and shape. */
    public List<String> inputs() {
        return facts.inputs();
    }

    /** What the network consists of. */
    public Set<OperatorMix> mix() {
        return facts.mix();
    }

    /**
     * What each stage of a prediction about this network has to do, in their order.
     *
     * @throws IllegalStateException where the network was compiled before
     */
    public List<StageWork> work(Prediction prediction) {
        return StageWork.of(
                graph(),
                lowered(prediction.deployment().instance().chip().core(), prediction.precision()),
                prediction.precision().elementwise());
    }

    /**
     * The network compiled for a core.
     *
     * @throws UserError where it was compiled before, for another core or other types
     */
    public Program lowered(NeuronCore core, Precision precision) {
        return program(core, precision).program();
    }

    /** The same with the documented costs of its stages there. */
    CostedProgram program(NeuronCore core, Precision precision) {
        return programs.computeIfAbsent(new Target(core, precision), this::lower);
    }

    /** Its parts in a pipeline over such cores, timed once. */
    PipelineParts parts(NeuronCore core, Precision precision, Calibration calibration, Conditions conditions) {
        Target target = new Target(core, precision);
        return pipelines.computeIfAbsent(
                new Timed(target, calibration, conditions),
                _ -> PipelineParts.of(program(core, precision).program(), core, calibration, conditions));
    }

    /** What a core of a copy holds but for the runtime, counted once. */
    CoreMemory memory(NeuronCore core, Precision precision) {
        return memories.computeIfAbsent(
                new Target(core, precision), _ -> MemoryUse.classes(program(core, precision).program(), core));
    }

    private CostedProgram lower(Target target) {
        return switch (source) {
            case Source.Model model ->
                    CostedProgram.of(
                            model.change().apply(
                                    new Lowerer(target.core(), target.precision()).lower(fused(model))),
                            target.core());
            case Source.Compiled() -> throw new UserError(facts.name() + " is compiled for another core or other types"
                    + " than " + target.core().name() + " in " + target.precision().matmul().label() + " and "
                    + target.precision().elementwise().label() + "; compile it for them");
        };
    }
}
