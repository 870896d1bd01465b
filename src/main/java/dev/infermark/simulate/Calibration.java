package dev.infermark.simulate;

/**
 * What is not documented about a NeuronCore generation and has been fitted to published measurements.
 *
 * @param tensorSlowdown time of the Tensor engine relative to its documented cycles: stationary loads, waits for
 *     operands and for free banks of PSUM that do not overlap; at least 1
 * @param laneExposure share of the Vector and Scalar engines' documented time that the Tensor engine does not hide;
 *     from 0, all hidden, upwards
 * @param streamBytesPerSecond rate at which one core streams weights from device memory
 * @param callSeconds time of the host and the runtime for one call, whatever its size
 * @param hostBytesPerSecond rate at which inputs and outputs cross between host and device
 */
public record Calibration(
        double tensorSlowdown,
        double laneExposure,
        double streamBytesPerSecond,
        double callSeconds,
        double hostBytesPerSecond) {}
