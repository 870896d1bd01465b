package dev.infermark.simulate;

import dev.infermark.json.JsonRecords;

/**
 * What the releases of an era did differently from the era that the other parameters describe.
 *
 * @param coreFactor time of the core
 * @param transferFactor time of transfers between host and device
 * @param callSeconds further time of the host for each call
 * @param relayoutExposure how much of the traffic of convolutions' results through device memory is exposed
 * @param scoreExposure how much of the traffic of attention's scores and probabilities through device memory there is,
 *     where there are more than 128 keys; later compilers keep both on chip but for masked scores
 * @param prefetchMiss how much worse the streaming of weights overlaps with computing
 */
public record Era(
        double coreFactor,
        double transferFactor,
        double callSeconds,
        double relayoutExposure,
        double scoreExposure,
        double prefetchMiss) {
    /** No difference. */
    public static final Era NEUTRAL = new Era(1, 1, 0, 0, 0, 0);

    /** Refuses parameters outside of what they can mean. */
    public Era {
        JsonRecords.require("coreFactor", coreFactor, Calibration.LEAST_FACTOR, Calibration.MOST_FACTOR);
        JsonRecords.require("transferFactor", transferFactor, Calibration.LEAST_FACTOR, Calibration.MOST_FACTOR);
        JsonRecords.require("callSeconds", callSeconds, 0, Calibration.MOST_SECONDS);
        JsonRecords.require("relayoutExposure", relayoutExposure, 0, Calibration.MOST_FACTOR);
        JsonRecords.require("scoreExposure", scoreExposure, 0, Calibration.MOST_FACTOR);
        JsonRecords.require("prefetchMiss", prefetchMiss, 0, 1);
    }
}
