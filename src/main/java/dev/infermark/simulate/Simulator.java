package dev.infermark.simulate;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a program on one NeuronCore.
 *
 * <p>Within a stage the DMA engines fetch weights while the others compute, so that it takes the longer of the two;
 * the compute engines hand results to each other, so that their times add up as far as they do not overlap.
 */
public final class Simulator {
    private final InstructionCosts costs;
    private final Calibration calibration;

    /** A simulator of this core. */
    public Simulator(NeuronCore core, Calibration calibration) {
        this.costs = new InstructionCosts(core);
        this.calibration = calibration;
    }

    /** The modelled run of a program. */
    public Estimate run(Program program) {
        List<StageTime> times = new ArrayList<>();
        double now = 0;
        for (Stage stage : program.stages()) {
            StageTime time = time(stage, now);
            times.add(time);
            now = time.end();
        }
        return new Estimate(times);
    }

    private StageTime time(Stage stage, double start) {
        Map<Resource, Double> busy = new EnumMap<>(Resource.class);
        double fetching = 0;
        double exposed = 0;
        for (InstructionGroup group : stage.groups()) {
            double seconds = costs.seconds(group);
            if (group instanceof Transfer transfer) {
                switch (transfer.purpose()) {
                    case WEIGHTS -> fetching += seconds;
                    case GATHER, SPILL -> exposed += seconds;
                }
            }
            busy.merge(costs.resource(group), seconds, Double::sum);
        }
        Map<Resource, Double> contribution = new EnumMap<>(Resource.class);
        contribution.put(Resource.TENSOR, calibration.tensorSlowdown() * busy.getOrDefault(Resource.TENSOR, 0.0));
        for (Resource lane : List.of(Resource.VECTOR, Resource.SCALAR, Resource.GPSIMD)) {
            contribution.put(lane, calibration.laneExposure() * busy.getOrDefault(lane, 0.0));
        }
        double compute = contribution.values().stream().mapToDouble(Double::doubleValue).sum();
        double seconds = Math.max(compute, fetching) + exposed;
        contribution.put(Resource.DMA, exposed + (fetching > compute ? fetching : 0));
        Resource boundBy = contribution.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return new StageTime(stage.name(), start, seconds, busy, boundBy);
    }
}
