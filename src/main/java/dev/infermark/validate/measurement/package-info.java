/** Published measurements: their rows, classes and quantities. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.measurement;
