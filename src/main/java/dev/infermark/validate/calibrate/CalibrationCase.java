package dev.infermark.validate.calibrate;

import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Subject;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One configuration that parameters are fitted to: the medians of its trusted rows.
 *
 * @param subject any of its rows, all of which are predicted alike
 * @param latencySeconds median of the published latencies
 * @param throughput median of the published throughputs
 * @param rows number of rows
 */
record CalibrationCase(Subject subject, OptionalDouble latencySeconds, OptionalDouble throughput, int rows) {

    /** The case of rows that are predicted alike. */
    static CalibrationCase of(List<Subject> rows) {
        List<Measurement.Figures> figures =
                rows.stream().map(row -> row.measurement().figures()).toList();
        OptionalDouble millis = Configuration.median(
                figures.stream().map(Measurement.Figures::latencyP50Millis).toList());
        return new CalibrationCase(
                rows.getFirst(),
                millis.isPresent() ? OptionalDouble.of(millis.getAsDouble() / 1e3) : OptionalDouble.empty(),
                Configuration.median(figures.stream().map(Measurement.Figures::throughput).toList()),
                rows.size());
    }

    String device() {
        return subject.measurement().setup().device();
    }

    String family() {
        return subject.measurement().setup().family();
    }

    int figures() {
        return (latencySeconds.isPresent() ? 1 : 0) + (throughput.isPresent() ? 1 : 0);
    }
}
