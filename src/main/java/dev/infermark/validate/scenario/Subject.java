package dev.infermark.validate.scenario;

import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.validate.measurement.Measurement;

/**
 * A measurement that can be predicted, with its network.
 *
 * @param measurement the row
 * @param scenario the row in the terms of the model
 * @param network the network, which all rows of the same model and workload share
 */
public record Subject(Measurement measurement, Scenario scenario, Network network) {

    /** The NeuronCore that it runs on. */
    public NeuronCore core() {
        return chip().core();
    }

    /** The chip that it runs on. */
    public Chip chip() {
        return scenario.deployment().instance().chip();
    }

    /** What the model says. */
    public Prediction predict(Quoter quoter) {
        return quoter.predict(network, scenario.deployment(), scenario.precision());
    }

    /** How far that may be off. */
    public Interval interval(Intervals intervals) {
        return intervals.of(chip(), network.mix(), scenario.deployment().sdk());
    }
}
