package dev.infermark.simulate;

import dev.infermark.base.UserError;
import dev.infermark.json.JsonRecords;
import dev.infermark.lower.SdkVersion;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is not documented about a NeuronCore generation and its host, and has been fitted to published measurements.
 *
 * @param streamBytesPerSecond rate at which one core's DMA engines sustain the streaming of weights
 * @param tensorSlowdown time of the Tensor engine relative to its documented cycles: loads of stationary tiles and
 *     exposed waits for operands and for free banks of PSUM
 * @param laneExposure share of the Vector and Scalar engines' documented time that the Tensor engine does not hide
 * @param softmaxSlowdown time of the passes of a softmax relative to other passes
 * @param prefetchMiss how imperfectly the streaming of weights overlaps with computing: 0 is the longer of the two,
 *     1 is their sum; time is (streaming^(1/miss) + computing^(1/miss))^miss
 * @param contention further time of exposed memory traffic when two or more cores of the chip are busy
 * @param host what the host adds
 * @param eras what older releases of the SDK did differently, by the first release of each era
 */
public record Calibration(
        double streamBytesPerSecond,
        double tensorSlowdown,
        double laneExposure,
        double softmaxSlowdown,
        double prefetchMiss,
        double contention,
        HostCalibration host,
        NavigableMap<SdkVersion, Era> eras) {
    static final double LEAST_FACTOR = 1e-3;
    static final double MOST_FACTOR = 1e3;
    static final double LEAST_RATE = 1e6;
    static final double MOST_RATE = 1e15;

    /** What one call, or one byte or token of it, adds at most. */
    static final double MOST_SECONDS = 10;

    /** Refuses parameters outside of what they can mean. */
    public Calibration {
        if (eras.containsValue(null)) {
            throw new UserError("an era is null; take it out");
        }
        eras = Collections.unmodifiableNavigableMap(new TreeMap<>(eras));
        JsonRecords.require("streamBytesPerSecond", streamBytesPerSecond, LEAST_RATE, MOST_RATE);
        JsonRecords.require("tensorSlowdown", tensorSlowdown, LEAST_FACTOR, MOST_FACTOR);
        JsonRecords.require("laneExposure", laneExposure, 0, MOST_FACTOR);
        JsonRecords.require("softmaxSlowdown", softmaxSlowdown, 0, MOST_FACTOR);
        JsonRecords.require("prefetchMiss", prefetchMiss, 0, 1);
        JsonRecords.require("contention", contention, 0, MOST_FACTOR);
    }

    /** The era of a release: the latest one that has begun. */
    public Era era(SdkVersion sdk) {
        Map.Entry<SdkVersion, Era> latest = eras.floorEntry(sdk);
        return latest == null ? Era.NEUTRAL : latest.getValue();
    }
}
