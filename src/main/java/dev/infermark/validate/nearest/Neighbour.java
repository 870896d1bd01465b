package dev.infermark.validate.nearest;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.CustomSupport;
import dev.infermark.reader.Models;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.generate.GenerationScenarios;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Scenario;
import dev.infermark.validate.scenario.Scenarios;
import java.util.OptionalDouble;

/**
 * The measurement that is most like a prediction, with what the model says of it.
 *
 * @param nearest the measurement
 * @param modelledMillis the modelled latency, or time per token where the measurement has that
 * @param modelledThroughput the modelled throughput, in its unit
 */
public record Neighbour(Nearest nearest, OptionalDouble modelledMillis, OptionalDouble modelledThroughput) {
    private static final double MILLI = 1e3;

    /** Predicts the measurement; without figures where that is refused. */
    public static Neighbour of(Nearest nearest, Catalog catalog, Calibrations calibrations) {
        try {
            return GenerationScenarios.isGeneration(nearest.measurement())
                    ? generated(nearest, catalog, calibrations)
                    : called(nearest, catalog, calibrations);
        } catch (UserError _) {
            return new Neighbour(nearest, OptionalDouble.empty(), OptionalDouble.empty());
        }
    }

    private static Neighbour called(Nearest nearest, Catalog catalog, Calibrations calibrations) {
        Scenario scenario = new Scenarios(catalog).of(nearest.measurement());
        Network network = Network.of(Models.find(scenario.model()), scenario.workload(), CustomSupport.NONE);
        Prediction prediction =
                Quoter.of(calibrations).predict(network, scenario.deployment(), scenario.precision());
        return new Neighbour(
                nearest,
                OptionalDouble.of(MILLI * prediction.latencySeconds()),
                OptionalDouble.of(prediction.throughput()));
    }

    private static Neighbour generated(Nearest nearest, Catalog catalog, Calibrations calibrations) {
        Measurement row = nearest.measurement();
        GenerationPrediction prediction = new GenerationScenarios(catalog)
                .of(row)
                .predict(calibrations, GenerationCalibration.builtIn());
        return new Neighbour(
                nearest,
                row.figures().tpotP50Millis().isPresent()
                        ? OptionalDouble.of(MILLI * prediction.timePerToken())
                        : OptionalDouble.empty(),
                OptionalDouble.of(prediction.outputTokensPerSecond()));
    }
}
