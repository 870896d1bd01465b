package dev.infermark.deploy;

import dev.infermark.graph.Graph;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.HostLink;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.simulate.Calibrations;
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
        Chip chip = deployment.instance().chip();
        Program program = new Lowerer(chip.core(), precision).lower(graph);
        MemoryUse memory = MemoryUse.of(program, chip);
        memory.requireFit(graph.name());
        Estimate estimate = new Simulator(chip.core(), calibrations.of(chip.core().name())).run(program);
        double transfer = transferSeconds(program, chip.host());
        double host = chip.host().callOverheadSeconds() + transfer;
        // A second worker's call runs on the core while the first one's is prepared and fetched by the host.
        double interval = deployment.workersPerCore() == 1
                ? estimate.seconds() + host
                : Math.max(estimate.seconds(), transfer);
        return new Prediction(
                graph.name(),
                deployment,
                precision,
                estimate,
                host,
                deployment.workersPerCore() * interval,
                deployment.cores() * deployment.batch() / interval,
                memory);
    }

    private static double transferSeconds(Program program, HostLink host) {
        return (program.inputBytes() + program.outputBytes()) / host.streamBytesPerSecond();
    }
}
