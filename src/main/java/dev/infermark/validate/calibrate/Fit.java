package dev.infermark.validate.calibrate;

import dev.infermark.simulate.Calibrations;
import java.util.List;

/**
 * The outcome of a calibration.
 *
 * @param calibrations all parameters, the fitted ones among them
 * @param parameters the fitted ones with their intervals
 * @param configurations number of configurations fitted to
 * @param iterations steps of the optimiser
 */
public record Fit(Calibrations calibrations, List<Value> parameters, int configurations, int iterations) {

    /** Copies the list. */
    public Fit {
        parameters = List.copyOf(parameters);
    }

    /**
     * A fitted parameter.
     *
     * @param parameter what it is
     * @param value the fitted value
     * @param lower lower end of its 90 % interval
     * @param upper upper end of its 90 % interval
     */
    public record Value(Parameter parameter, double value, double lower, double upper) {}
}
