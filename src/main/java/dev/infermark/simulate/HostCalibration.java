package dev.infermark.simulate;

import dev.infermark.json.JsonRecords;

/**
 * What the host adds to a call; a parameter that a generation does not have is 0.
 *
 * @param callSeconds framework and runtime, for each call of a client that waits for it
 * @param outputSeconds for each further output tensor
 * @param secondsPerByte copying inputs and outputs
 * @param largeSecondsPerByte copying outputs beyond the size for which memory is freshly mapped
 * @param lookupSecondsPerToken looking up embeddings on the CPU, where the compiler leaves that to the host
 * @param chipInputBytesPerSecond rate at which one chip takes in images, where the host shares it among the cores
 */
public record HostCalibration(
        double callSeconds,
        double outputSeconds,
        double secondsPerByte,
        double largeSecondsPerByte,
        double lookupSecondsPerToken,
        double chipInputBytesPerSecond) {

    /** Refuses parameters outside of what they can mean. */
    public HostCalibration {
        JsonRecords.require("callSeconds", callSeconds, 0, Calibration.MOST_SECONDS);
        JsonRecords.require("outputSeconds", outputSeconds, 0, Calibration.MOST_SECONDS);
        JsonRecords.require("secondsPerByte", secondsPerByte, 0, Calibration.MOST_SECONDS);
        JsonRecords.require("largeSecondsPerByte", largeSecondsPerByte, 0, Calibration.MOST_SECONDS);
        JsonRecords.require("lookupSecondsPerToken", lookupSecondsPerToken, 0, Calibration.MOST_SECONDS);
        if (chipInputBytesPerSecond != 0) {
            JsonRecords.require(
                    "chipInputBytesPerSecond",
                    chipInputBytesPerSecond,
                    Calibration.LEAST_RATE,
                    Calibration.MOST_RATE);
        }
    }
}
