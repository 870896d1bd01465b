package dev.infermark.deploy.pipeline;

import dev.infermark.deploy.pipeline.PipelinePlan.Layer;
import dev.infermark.graph.Gather;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Outline.Stored;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Conditions;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Simulator;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The behaviour of a pipeline: a call passes all cores one after the other; further calls follow as soon as the first
 * core is free, as many as clients send.
 *
 * @param plan layers of each core
 * @param fillSeconds from a call's arrival at the first core to its end on the last
 * @param longestSeconds of one core, which bounds how often a call can begin
 * @param residentCores cores whose weights stay on the chip
 */
public record Pipeline(PipelinePlan plan, double fillSeconds, double longestSeconds, long residentCores) {
    private static final double WEIGHTS_OF_STEP = 2e7;
    private static final int CORES_OF_STEP = 4;

    /** A matrix is divided by its columns where more than this fraction of the on-chip memory holds its weights. */
    private static final int LEAST_PARTS = 8;

    /** A program over so many cores. */
    public static Pipeline of(
            Program program, NeuronCore core, Calibration calibration, Conditions conditions, int cores) {
        Simulator simulator = new Simulator(core, calibration);
        long capacity = core.sbuf().capacityBytes();
        IdentityHashMap<Stage, Layer> known = new IdentityHashMap<>();
        List<Layer> layers = PipelinePlan.cut(program).stream()
                .map(part -> known.computeIfAbsent(part, stage -> new Layer(
                        stage,
                        PipelinePlan.weightBytes(stage),
                        seconds(simulator, program, PipelinePlan.resident(stage), conditions),
                        seconds(simulator, program, stage, conditions))))
                .flatMap(part -> part.divided(Math.ceilDiv(part.weightBytes() * LEAST_PARTS, capacity)))
                .toList();
        PipelinePlan plan = PipelinePlan.of(program.name(), layers, cores, capacity);
        List<Double> times = plan.seconds(capacity);
        double hops = (cores - 1) * PipelineFigures.builtIn().hop().base();
        return new Pipeline(
                plan,
                times.stream().mapToDouble(Double::doubleValue).sum() + hops,
                times.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                plan.residentCores(capacity));
    }

    private static double seconds(Simulator simulator, Program program, Stage stage, Conditions conditions) {
        Program alone = new Program(
                program.name(), List.of(stage), 0, 0, List.of(), program.embeddingLookups(), ActivationMemory.NONE);
        Estimate estimate = simulator.run(alone, conditions);
        return estimate.seconds();
    }

    /** Seconds between two calls that {@code clients} clients get done, with what the host adds to each. */
    public double secondsPerCall(int clients, double hostSeconds) {
        return Math.max(longestSeconds, (fillSeconds + hostSeconds) / clients);
    }

    /** Weights of a network that cores hold: all but the tables that are looked up. */
    public static long weights(Graph graph, List<Stored> all) {
        Set<String> tables = graph.nodes().stream()
                .filter(node -> node.operator() instanceof Gather)
                .map(node -> node.inputs().getFirst().name())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(stored -> stored.isLearned() && !tables.contains(stored.tensor().name()))
                .mapToLong(Stored::elements)
                .sum();
    }

    /** Cores that the documentation recommends: 4 · round(weights / 2·10⁷), at least 1. */
    public static int documentedCores(long weights) {
        return Math.max(1, CORES_OF_STEP * (int) Math.round(weights / WEIGHTS_OF_STEP));
    }

    /** The number of cores up to {@code most} that lets most calls through for each core, with clients enough. */
    public static int bestCores(
            Program program, NeuronCore core, Calibration calibration, Conditions conditions, int most) {
        return IntStream.rangeClosed(1, Math.min(most, PipelinePlan.cut(program).size()))
                .boxed()
                .min(Comparator.comparingDouble(
                        cores -> cores * of(program, core, calibration, conditions, cores).longestSeconds()))
                .orElse(1);
    }
}
