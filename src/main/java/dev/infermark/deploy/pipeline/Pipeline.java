package dev.infermark.deploy.pipeline;

import dev.infermark.graph.Gather;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Outline.Stored;
import dev.infermark.lower.Program;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.ResourceSeconds;
import dev.infermark.simulate.StageTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The behaviour of a pipeline: a call passes all cores one after the other; further calls follow as soon as the first
 * core is free, as many as clients send.
 *
 * @param estimate a lone call on the cores, by the stages of the program
 * @param hops seconds in which a lone call is handed on within or after each stage
 * @param coreSeconds of each core, the longest of which bounds how often a call can begin
 * @param coreWeights bytes of the weights of each core
 * @param residentCores cores whose weights stay on the chip
 */
public record Pipeline(
        Estimate estimate,
        List<Double> hops,
        List<Double> coreSeconds,
        List<Long> coreWeights,
        long residentCores) {
    private static final double WEIGHTS_OF_STEP = 2e7;
    private static final int CORES_OF_STEP = 4;

    /** Copies the lists. */
    public Pipeline {
        hops = List.copyOf(hops);
        coreSeconds = List.copyOf(coreSeconds);
        coreWeights = List.copyOf(coreWeights);
    }

    /** The pipeline of a plan. */
    static Pipeline of(Program program, PipelinePlan plan, long capacityBytes) {
        int stages = program.stages().size();
        ResourceSeconds[] busy = new ResourceSeconds[stages];
        ResourceSeconds[] shares = new ResourceSeconds[stages];
        double[] hops = new double[stages];
        long residentCores = 0;
        Arrays.fill(busy, ResourceSeconds.NONE);
        Arrays.fill(shares, ResourceSeconds.NONE);
        double hop = PipelineFigures.builtIn().hop().base();
        for (int i = 0; i < plan.cores().size(); i++) {
            List<Layer> core = plan.cores().get(i);
            boolean isResident = PipelinePlan.isResident(core, capacityBytes);
            residentCores += isResident ? 1 : 0;
            for (Layer layer : core) {
                StageTime time = isResident ? layer.resident() : layer.streamed();
                busy[layer.stage()] = busy[layer.stage()].plus(time.busy().times(layer.fraction()));
                shares[layer.stage()] = shares[layer.stage()].plus(time.shares().times(layer.fraction()));
            }
            if (i + 1 < plan.cores().size()) {
                hops[core.getLast().stage()] += hop;
            }
        }
        List<StageTime> times = new ArrayList<>();
        double now = 0;
        for (int i = 0; i < stages; i++) {
            times.add(new StageTime(program.stages().get(i).name(), now, busy[i], shares[i]));
            now = times.getLast().end();
        }
        return new Pipeline(
                new Estimate(times),
                Arrays.stream(hops).boxed().toList(),
                plan.seconds(capacityBytes),
                plan.weightBytes(),
                residentCores);
    }

    /** How many cores it has. */
    public int cores() {
        return coreSeconds.size();
    }

    /** Seconds from a call's arrival at the first core to its end on the last. */
    public double fillSeconds() {
        return sum(coreSeconds) + sum(hops);
    }

    /** Seconds of the core that takes longest. */
    public double longestSeconds() {
        return coreSeconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** Seconds between two calls that {@code clients} clients get done, with what the host adds to each. */
    public double secondsPerCall(int clients, double hostSeconds) {
        return Math.max(longestSeconds(), (fillSeconds() + hostSeconds) / clients);
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

    private static double sum(List<Double> seconds) {
        return seconds.stream().mapToDouble(Double::doubleValue).sum();
    }
}
