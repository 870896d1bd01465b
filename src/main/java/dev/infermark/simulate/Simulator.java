package dev.infermark.simulate;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a program on one NeuronCore.
 *
 * <p>Within a stage the DMA engines stream weights while the others compute, so that it takes about the longer of the
 * two; the compute engines hand results to each other, so that their times add up as far as they do not overlap.
 * Activations that make a round trip through device memory keep all others waiting.
 */
public final class Simulator {
    private final NeuronCore core;
    private final InstructionCosts costs;
    private final Calibration calibration;

    /** A simulator of this core. */
    public Simulator(NeuronCore core, Calibration calibration) {
        this.core = core;
        this.costs = new InstructionCosts(core);
        this.calibration = calibration;
    }

    /** The modelled run of a program. */
    public Estimate run(Program program, Conditions conditions) {
        Era era = calibration.era(conditions.sdk());
        List<StageTime> times = new ArrayList<>();
        double now = 0;
        Map<List<InstructionGroup>, StageTime> known = new IdentityHashMap<>();
        for (Stage stage : program.stages()) {
            StageTime time = known.computeIfAbsent(
                            stage.groups(), _ -> time(stage, 0, conditions.busyCores(), era))
                    .repeated(stage.name(), now, stage.repetitions());
            times.add(time);
            now = time.end();
        }
        return new Estimate(times);
    }

    private StageTime time(Stage stage, double start, int busyCores, Era era) {
        Map<Resource, Double> busy = new EnumMap<>(Resource.class);
        Map<Resource, Double> exposed = new EnumMap<>(Resource.class);
        double streaming = 0;
        double waiting = core.dma().triggerLatencySeconds();
        for (InstructionGroup group : stage.groups()) {
            double seconds = costs.seconds(group);
            if (group instanceof Transfer transfer) {
                seconds *= core.dma().bytesPerSecond() / calibration.streamBytesPerSecond();
                switch (transfer.purpose()) {
                    case WEIGHTS, GATHER -> streaming += seconds;
                    case SPILL -> waiting += seconds * (1 + (busyCores > 1 ? calibration.contention() : 0));
                    case RELAYOUT -> waiting += seconds * era.relayoutExposure() / era.coreFactor();
                }
            } else {
                exposed.merge(costs.resource(group), seconds * exposure(group), Double::sum);
            }
            busy.merge(costs.resource(group), seconds * era.coreFactor(), Double::sum);
        }
        double computing = exposed.values().stream().mapToDouble(Double::doubleValue).sum();
        exposed.put(Resource.DMA, waiting + (streaming > computing ? streaming : 0));
        double seconds = era.coreFactor() * (overlapped(streaming, computing) + waiting);
        return new StageTime(stage.name(), start, seconds, busy, largest(exposed));
    }

    /** How much of a group's documented time the stage takes longer for it. */
    private double exposure(InstructionGroup group) {
        return switch (group) {
            case InstructionGroup.Matmuls _ -> calibration.tensorSlowdown();
            case Passes passes when isOfSoftmax(passes) -> calibration.laneExposure() * calibration.softmaxSlowdown();
            case Passes _, InstructionGroup.Gpsimd _ -> calibration.laneExposure();
            case Transfer _ -> 1;
        };
    }

    private static boolean isOfSoftmax(Passes passes) {
        return passes.task() == Task.SOFTMAX;
    }

    private double overlapped(double streaming, double computing) {
        double miss = calibration.prefetchMiss();
        return miss == 0
                ? Math.max(streaming, computing)
                : StrictMath.pow(StrictMath.pow(streaming, 1 / miss) + StrictMath.pow(computing, 1 / miss), miss);
    }

    private static Resource largest(Map<Resource, Double> exposed) {
        return exposed.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }
}
