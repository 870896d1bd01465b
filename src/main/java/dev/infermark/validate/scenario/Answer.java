package dev.infermark.validate.scenario;

import dev.infermark.deploy.Prediction;
import dev.infermark.validate.measurement.Measurement;

/**
 * A measurement beside what the model says of it.
 *
 * @param subject the row
 * @param prediction the model's answer
 */
public record Answer(Subject subject, Prediction prediction) {

    /** The published row. */
    public Measurement measurement() {
        return subject.measurement();
    }
}
