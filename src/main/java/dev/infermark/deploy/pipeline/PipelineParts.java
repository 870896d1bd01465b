package dev.infermark.deploy.pipeline;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Conditions;
import dev.infermark.simulate.Simulator;
import dev.infermark.simulate.StageTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * A program cut for pipelines, each kind of part timed once: before each node that has products with weights, within
 * its layers too, as the compiler does, and large matrices by their columns. Safe for use by several threads.
 */
public final class PipelineParts {
    /** A matrix is divided by its columns where more than this fraction of the on-chip memory holds its weights. */
    private static final int LEAST_PARTS = 8;

    /** Weights that no cores hold on their chips together need no finer parts than so many. */
    private static final long MOST_PARTS = 4096;

    private final Program program;
    private final long capacityBytes;
    private final List<Layer> layers;
    private final Divisions divisions;
    private final ConcurrentMap<Integer, Pipeline> pipelines = new ConcurrentHashMap<>();

    private PipelineParts(Program program, long capacityBytes, List<Layer> layers) {
        this.program = program;
        this.capacityBytes = capacityBytes;
        this.layers = layers;
        this.divisions = new Divisions(layers, capacityBytes);
    }

    /** The parts of a program on cores like this one. */
    public static PipelineParts of(
            Program program, NeuronCore core, Calibration calibration, Conditions conditions) {
        Simulator simulator = new Simulator(core, calibration);
        long capacity = core.sbuf().capacityBytes();
        IdentityHashMap<Stage, Layer> known = new IdentityHashMap<>();
        List<Layer> whole = new ArrayList<>();
        List<List<Stage>> cut = cut(program);
        for (int i = 0; i < cut.size(); i++) {
            for (Stage part : cut.get(i)) {
                Layer timed = known.computeIfAbsent(part, stage -> new Layer(
                        0,
                        weightBytes(stage),
                        1,
                        time(simulator, program, resident(stage), conditions),
                        time(simulator, program, stage, conditions)));
                whole.add(new Layer(i, timed.weightBytes(), 1, timed.resident(), timed.streamed()));
            }
        }
        long all = whole.stream().mapToLong(Layer::weightBytes).sum();
        long largest = Math.max(1, Math.max(capacity / LEAST_PARTS, all / MOST_PARTS));
        return new PipelineParts(
                program,
                capacity,
                whole.stream()
                        .flatMap(part -> part.divided(Math.ceilDiv(part.weightBytes(), largest)))
                        .toList());
    }

    /** The most cores that it can be divided among. */
    public int most() {
        return layers.size();
    }

    /**
     * The best pipeline over so many cores.
     *
     * @throws UserError when there are more cores than parts
     */
    public Pipeline over(int cores) {
        if (cores > most()) {
            throw new UserError("a pipeline of " + Counted.of(cores, "core") + " is longer than " + program.name()
                    + ", which has " + Counted.of(most(), "part") + " with weights; use at most "
                    + Counted.of(most(), "core"));
        }
        return pipelines.computeIfAbsent(
                cores, number -> Pipeline.of(program, divisions.over(number), capacityBytes));
    }

    /** The parts of each stage; stages with the same groups are cut once. */
    static List<List<Stage>> cut(Program program) {
        IdentityHashMap<List<InstructionGroup>, List<Stage>> known = new IdentityHashMap<>();
        List<List<Stage>> all = new ArrayList<>();
        for (Stage stage : program.stages()) {
            List<Stage> pieces = known.computeIfAbsent(stage.groups(), _ -> cut(stage));
            List<Stage> ofStage = new ArrayList<>();
            for (long i = 0; i < stage.repetitions(); i++) {
                ofStage.addAll(pieces);
            }
            all.add(ofStage);
        }
        return all;
    }

    private static List<Stage> cut(Stage stage) {
        Set<String> weighted = stage.groups().stream()
                .filter(PipelineParts::isWeights)
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
    private static Stage resident(Stage stage) {
        return new Stage(
                stage.name(), stage.groups().stream().filter(group -> !isWeights(group)).toList());
    }

    /** Bytes of the weights that a stage reads. */
    static long weightBytes(Stage stage) {
        return stage.groups().stream()
                .filter(PipelineParts::isWeights)
                .mapToLong(group -> ((Transfer) group).bytes())
                .sum();
    }

    private static boolean isWeights(InstructionGroup group) {
        return group instanceof Transfer transfer && transfer.purpose() == Purpose.WEIGHTS;
    }

    private static StageTime time(Simulator simulator, Program program, Stage stage, Conditions conditions) {
        Program alone = new Program(
                program.name(), List.of(stage), 0, 0, List.of(), program.embeddingLookups(), ActivationMemory.NONE);
        return simulator.run(alone, conditions).stages().getFirst();
    }
}
