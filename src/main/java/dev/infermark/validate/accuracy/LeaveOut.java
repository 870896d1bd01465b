package dev.infermark.validate.accuracy;

import dev.infermark.validate.measurement.Measurement;

/** What is kept from the fit when its rows are predicted. */
public enum LeaveOut {
    /** All networks of one architecture. */
    FAMILY {
        @Override
        String group(Measurement row) {
            return row.setup().family();
        }
    },
    /** All calls of one batch size. */
    BATCH {
        @Override
        String group(Measurement row) {
            return String.valueOf(row.setup().batch().orElse(0));
        }
    };

    /** The group that a row is left out with. */
    abstract String group(Measurement row);
}
