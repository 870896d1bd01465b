package dev.infermark.compare;

import dev.infermark.bench.result.KernelWork;

/**
 * How fast something is done: arithmetic of matmuls and convolutions, elements of all else.
 *
 * @param value per nanosecond, which is 10⁹ a second
 * @param unit {@code GFLOP/s}, {@code GOP/s} of integers, or {@code Gelem/s}
 */
public record Rate(double value, String unit) {

    /** The rate of this work in so many microseconds. */
    public static Rate of(KernelWork work, String type, double micros) {
        double amount = work.flops() > 0 ? work.flops() : work.elements();
        return new Rate(amount / (1e3 * micros), unit(work, type));
    }

    private static String unit(KernelWork work, String type) {
        if (work.flops() == 0) {
            return "Gelem/s";
        }
        return type.contains("int") ? "GOP/s" : "GFLOP/s";
    }
}
