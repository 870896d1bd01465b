package dev.infermark.simulate;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a program on one NeuronCore.
 *
 * <p>Within a stage the DMA engines stream weights while the others compute, so that it takes about the longer of the
 * two; the compute engines hand results to each other, so that their times add up as far as they do not overlap.
 * Activations that make a round trip through device memory keep all others waiting. No overlap makes an engine faster
 * than it is documented to be: a stage takes no less than its busiest engine.
 *
 * <p>The share of a resource is what the stage's time would lose, relatively, if that resource were faster: in a sum
 * each term is its own share, in a maximum the larger term is all of it.
 */
public final class Simulator {
    private final NeuronCore core;
    private final Calibration calibration;

    /** A simulator of this core. */
    public Simulator(NeuronCore core, Calibration calibration) {
        this.core = core;
        this.calibration = calibration;
    }

    /** The modelled run of a program that was lowered for this core. */
    public Estimate run(Program program, Conditions conditions) {
        return run(CostedProgram.of(program, core), conditions);
    }

    /** The modelled run of a program with its costs on this core. */
    public Estimate run(CostedProgram costed, Conditions conditions) {
        StageModel model = new StageModel(core.dma(), calibration, conditions);
        List<StageTime> times = new ArrayList<>();
        double now = 0;
        ResourceSeconds busy = ResourceSeconds.NONE;
        ResourceSeconds shares = ResourceSeconds.NONE;
        for (int i = 0; i < costed.costs().size(); i++) {
            StageCost cost = costed.costs().get(i);
            Stage stage = costed.program().stages().get(i);
            // A layer that does the same as the one before it takes as long.
            if (i == 0 || !cost.equals(costed.costs().get(i - 1))) {
                busy = model.busy(cost);
                shares = model.shares(cost);
            }
            StageTime time =
                    new StageTime(stage.name(), now, busy.times((double) stage.repetitions()), shares.times((double)
                            stage.repetitions()));
            times.add(time);
            now = time.end();
        }
        return new Estimate(times);
    }
}
