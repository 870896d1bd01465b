package dev.infermark.simulate;

/**
 * What is not documented about a NeuronCore generation and has been fitted to published measurements.
 *
 * @param tensorSlowdown time of the Tensor engine relative to its documented cycles: stationary loads, waits for
 *     operands and for free banks of PSUM that do not overlap; at least 1
 * @param laneExposure share of the Vector and Scalar engines' documented time that the Tensor engine does not hide;
 *     from 0, all hidden, upwards
 */
public record Calibration(double tensorSlowdown, double laneExposure) {}
