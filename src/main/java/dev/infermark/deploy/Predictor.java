package dev.infermark.deploy;

import dev.infermark.graph.Graph;
import dev.infermark.hardware.Chip;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Calibrations;
import dev.infermark.simulate.Conditions;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Simulator;

/** Predicts deployments: lowers the graph, simulates one core, adds the host. */
public final class Predictor {
    private final Calibrations calibrations;

    /** A predictor with these fitted parameters. */
    public Predictor(Calibrations calibrations) {
        this.calibrations = calibrations;
    }

    /**
     * The modelled behaviour of a graph that was built for the deployment's batch.
     *
     * @throws dev.infermark.base.UserError when the chip lacks the type or the memory
     */
    public Prediction predict(Graph graph, Deployment deployment, Precision precision) {
        return predict(
                new Lowerer(deployment.instance().chip().core(), precision).lower(graph), deployment, precision);
    }

    /**
     * The modelled behaviour of a program that was lowered for the deployment's batch and core.
     *
     * @throws dev.infermark.base.UserError when the chip lacks the memory
     */
    public Prediction predict(Program program, Deployment deployment, Precision precision) {
        Chip chip = deployment.instance().chip();
        MemoryUse memory = MemoryUse.of(program, chip);
        memory.requireFit(program.name());
        Calibration calibration = calibrations.of(chip.core().generation());
        Estimate estimate = new Simulator(chip.core(), calibration)
                .run(program, new Conditions(deployment.busyCoresPerChip(), deployment.sdk()));
        HostTime call = HostTime.of(
                program, deployment, estimate.seconds(), calibration.host(), calibration.era(deployment.sdk()));
        return new Prediction(
                program.name(),
                deployment,
                precision,
                estimate,
                call.hostSeconds(),
                deployment.workersPerCore() * call.seconds(),
                deployment.cores() * deployment.batch() / call.seconds(),
                memory);
    }
}
