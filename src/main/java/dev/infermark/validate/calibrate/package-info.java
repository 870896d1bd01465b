/** Fits what is not documented to measurements. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.calibrate;
