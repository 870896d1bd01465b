package dev.infermark.validate.scenario;

import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Predictor;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Program;
import dev.infermark.validate.measurement.Measurement;
import java.util.Set;

/**
 * A measurement that can be predicted, with its network lowered once and for all.
 *
 * @param measurement the row
 * @param scenario the row in the terms of the model
 * @param program the network for one core
 * @param mix what the network consists of
 */
public record Subject(Measurement measurement, Scenario scenario, Program program, Set<OperatorMix> mix) {

    /** Copies the set. */
    public Subject {
        mix = Set.copyOf(mix);
    }

    /** The NeuronCore that it runs on. */
    public NeuronCore core() {
        return scenario.deployment().instance().chip().core();
    }

    /** What the model says. */
    public Prediction predict(Predictor predictor) {
        return predictor.predict(program, scenario.deployment(), scenario.precision());
    }
}
