/** Errors by class, on what the calibration has and has not seen. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.accuracy;
