/** Frozen TensorFlow graphs and saved models as graphs. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.tensorflow;
