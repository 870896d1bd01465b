package dev.infermark.deploy.pipeline;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which layers each core of a pipeline holds: consecutive ones, so that the longest core's time is least.
 *
 * @param cores the layers of each core in order
 */
public record PipelinePlan(List<List<Layer>> cores) {

    /**
     * A part of the network, from one product with weights to the next.
     *
     * @param stage the part, run once
     * @param weightBytes its weights
     * @param residentSeconds its time when the weights are on the chip
     * @param streamedSeconds its time when they are read for each call
     */
    public record Layer(Stage stage, long weightBytes, double residentSeconds, double streamedSeconds) {

        /** This part as equal ones, each with some of the columns; at least one. */
        Stream<Layer> divided(long pieces) {
            long count = Math.max(1, pieces);
            return LongStream.range(0, count)
                    .mapToObj(i -> new Layer(
                            stage,
                            weightBytes / count + (i < weightBytes % count ? 1 : 0),
                            residentSeconds / count,
                            streamedSeconds / count));
        }
    }

    /** Copies the lists. */
    public PipelinePlan {
        cores = cores.stream().map(List::copyOf).toList();
    }

    /**
     * The best division of layers among cores: the longest core is shortest, where a core whose weights exceed its
     * on-chip memory streams them for each call. Activations are handed on and are not counted.
     *
     * @param model for messages
     * @param layers of the network in order
     * @param cores how many
     * @param capacityBytes on-chip memory of a core
     * @throws UserError when there are more cores than parts
     */
    public static PipelinePlan of(String model, List<Layer> layers, int cores, long capacityBytes) {
        if (cores > layers.size()) {
            throw new UserError(
                    "a pipeline of " + Counted.of(cores, "core") + " is longer than " + model + ", which has "
                            + Counted.of(layers.size(), "part") + " with weights; use at most "
                            + Counted.of(layers.size(), "core"));
        }
        double[][] longest = new double[cores + 1][layers.size() + 1];
        int[][] cut = new int[cores + 1][layers.size() + 1];
        Arrays.stream(longest).forEach(row -> Arrays.fill(row, Double.POSITIVE_INFINITY));
        longest[0][0] = 0;
        for (int core = 1; core <= cores; core++) {
            for (int end = core; end <= layers.size(); end++) {
                double resident = 0;
                double streamed = 0;
                long weights = 0;
                for (int start = end - 1; start >= core - 1; start--) {
                    resident += layers.get(start).residentSeconds();
                    streamed += layers.get(start).streamedSeconds();
                    weights += layers.get(start).weightBytes();
                    if (Math.min(resident, streamed) >= longest[core][end]) {
                        break; // further layers only make this core longer
                    }
                    double own = weights <= capacityBytes ? resident : streamed;
                    double worst = Math.max(own, longest[core - 1][start]);
                    if (worst < longest[core][end]) {
                        longest[core][end] = worst;
                        cut[core][end] = start;
                    }
                }
            }
        }
        List<List<Layer>> divided = new ArrayList<>();
        int end = layers.size();
        for (int core = cores; core > 0; core--) {
            divided.addFirst(layers.subList(cut[core][end], end));
            end = cut[core][end];
        }
        return new PipelinePlan(divided);
    }

    /**
     * A program cut before each node that has products with weights, within its layers too, as the compiler does:
     * stages with the same groups are cut once.
     */
    static List<Stage> cut(Program program) {
        IdentityHashMap<List<InstructionGroup>, List<Stage>> known = new IdentityHashMap<>();
        List<Stage> all = new ArrayList<>();
        for (Stage stage : program.stages()) {
            List<Stage> pieces = known.computeIfAbsent(stage.groups(), _ -> cut(stage));
            for (long i = 0; i < stage.repetitions(); i++) {
                all.addAll(pieces);
            }
        }
        return all;
    }

    private static List<Stage> cut(Stage stage) {
        Set<String> weighted = stage.groups().stream()
                .filter(PipelinePlan::isWeights)
                .map(InstructionGroup::node)
                .collect(Collectors.toSet());
        List<List<InstructionGroup>> pieces = new ArrayList<>();
        String current = "";
        for (InstructionGroup group : stage.groups()) {
            boolean isNext = weighted.contains(group.node()) && !group.node().equals(current);
            if (isNext || pieces.isEmpty()) {
                pieces.add(new ArrayList<>());
                current = group.node();
            }
            pieces.getLast().add(group);
        }
        return pieces.stream().map(groups -> new Stage(stage.name(), groups)).toList();
    }

    /** A stage whose weights are on the chip already. */
    static Stage resident(Stage stage) {
        return new Stage(
                stage.name(), stage.groups().stream().filter(group -> !isWeights(group)).toList());
    }

    /** Bytes of the weights that a stage reads. */
    static long weightBytes(Stage stage) {
        return stage.groups().stream()
                .filter(PipelinePlan::isWeights)
                .mapToLong(group -> ((Transfer) group).bytes())
                .sum();
    }

    private static boolean isWeights(InstructionGroup group) {
        return group instanceof Transfer transfer && transfer.purpose() == Purpose.WEIGHTS;
    }

    /** Seconds of each core: resident where its weights fit on the chip, else streamed. */
    List<Double> seconds(long capacityBytes) {
        return cores.stream()
                .map(layers -> sum(
                        layers,
                        isResident(layers, capacityBytes) ? Layer::residentSeconds : Layer::streamedSeconds))
                .toList();
    }

    /** How many cores keep their weights on the chip. */
    public long residentCores(long capacityBytes) {
        return cores.stream()
                .filter(layers -> isResident(layers, capacityBytes))
                .count();
    }

    private static boolean isResident(List<Layer> layers, long capacityBytes) {
        return layers.stream().mapToLong(Layer::weightBytes).sum() <= capacityBytes;
    }

    private static double sum(List<Layer> layers, ToDoubleFunction<Layer> seconds) {
        return layers.stream().mapToDouble(seconds).sum();
    }
}
