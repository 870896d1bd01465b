package dev.infermark.validate.measurement;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvRow;
import dev.infermark.lower.SdkVersion;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One line of a table of measurements, with typed cells.
 *
 * @param file for messages
 * @param row the cells
 */
record MeasurementLine(String file, CsvRow row) {
    /** No size, latency or throughput lies beyond these; ratios of such stay finite. */
    private static final double MOST = 1e12;

    private static final double LEAST = 1e-9;

    private static final List<String> DEVICES = List.of("inf1", "inf2", "trn1");

    Measurement measurement() {
        int cells = row.fields().size();
        if (row.excess() < 0) {
            throw error("has " + cells + " cells for " + (cells - row.excess()) + " columns;"
                    + " quote cells that hold commas and keep blank ones");
        }
        if (text("id").isEmpty()) {
            throw error("id is blank; name the row");
        }
        return new Measurement(text("id"), setup(), figures(), origin());
    }

    private Measurement.Setup setup() {
        return new Measurement.Setup(
                device(),
                text("instance_type").toLowerCase(Locale.ROOT),
                text("model"),
                text("family").toLowerCase(Locale.ROOT),
                text("task"),
                text("framework"),
                text("run_mode").toLowerCase(Locale.ROOT),
                count("cores_used"),
                count("tp_degree"),
                whole("batch_size"),
                whole("sequence_length"),
                whole("input_length"),
                whole("output_length"),
                text("image_size").toLowerCase(Locale.ROOT),
                text("model_dtype").toLowerCase(Locale.ROOT),
                text("autocast_dtype").toLowerCase(Locale.ROOT),
                text("weight_dtype").toLowerCase(Locale.ROOT),
                count("n_models"),
                count("workers_per_model"),
                text("application_type").toLowerCase(Locale.ROOT),
                SdkVersion.find(text("neuron_version")));
    }

    private Measurement.Figures figures() {
        return new Measurement.Figures(
                number("throughput"),
                text("throughput_unit"),
                number("latency_p50_ms"),
                number("latency_p99_ms"),
                number("ttft_p50_ms"),
                number("tpot_p50_ms"),
                number("in_flight_implied"));
    }

    private Measurement.Origin origin() {
        String quality = text("quality");
        return new Measurement.Origin(
                text("first_seen_date"),
                text("source_file"),
                text("source_commit"),
                quality.isEmpty() ? "ok" : quality,
                text("notes"));
    }

    private String device() {
        String device = text("device").toLowerCase(Locale.ROOT);
        if (!DEVICES.contains(device)) {
            throw error("device is '" + text("device") + "'; write one of " + String.join(", ", DEVICES));
        }
        return device;
    }

    /** The cell, empty where the column or the figure is missing. */
    private String text(String column) {
        String value = row.text(column);
        return value.equalsIgnoreCase("n/a") ? "" : value;
    }

    private OptionalDouble number(String column) {
        String text = text(column);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        double value = parse(column, text);
        if (!Double.isFinite(value) || value <= 0) {
            throw error(column + " is " + text + "; write a number above 0, or leave the cell blank");
        }
        if (value < LEAST || value > MOST) {
            throw error(column + " is " + text + ", which nobody measures; correct it, or leave the cell blank");
        }
        return OptionalDouble.of(value);
    }

    private double parse(String column, String text) {
        return row.number(column)
                .orElseThrow(() -> error(column + " is '" + text
                        + "', which is no number; write it like 12.5, or leave the cell blank"));
    }

    private OptionalLong whole(String column) {
        OptionalDouble value = number(column);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (value.getAsDouble() != Math.rint(value.getAsDouble())) {
            throw error(column + " is " + text(column) + "; write a whole number, or leave the cell blank");
        }
        return OptionalLong.of((long) value.getAsDouble());
    }

    private OptionalInt count(String column) {
        OptionalLong value = whole(column);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() > Integer.MAX_VALUE) {
            throw error(column + " is " + text(column) + "; write the number of cores, models or workers");
        }
        return OptionalInt.of((int) value.getAsLong());
    }

    private UserError error(String message) {
        return new UserError(file + ":" + row.line() + ": " + message);
    }
}
