package dev.infermark.simulate;

import dev.infermark.json.JsonRecords;

/**
 * What the releases of an era did differently from the era that the other parameters describe.
 *
 * @param coreFactor time of the core
 * @param transferFactor time of transfers between host and device
 * @param callSeconds further time of the host for each call
 * @param relayoutExposure how much of the traffic of convolutions' results through device memory nothing hides
 */
public record Era(double coreFactor, double transferFactor, double callSeconds, double relayoutExposure) {
    /** No difference. */
    public static final Era NEUTRAL = new Era(1, 1, 0, 0);

    /** Refuses parameters outside of what they can mean. */
    public Era {
        JsonRecords.require("coreFactor", coreFactor, Calibration.LEAST_FACTOR, Calibration.MOST_FACTOR);
        JsonRecords.require("transferFactor", transferFactor, Calibration.LEAST_FACTOR, Calibration.MOST_FACTOR);
        JsonRecords.require("callSeconds", callSeconds, 0, Calibration.MOST_SECONDS);
        JsonRecords.require("relayoutExposure", relayoutExposure, 0, Calibration.MOST_FACTOR);
    }
}
