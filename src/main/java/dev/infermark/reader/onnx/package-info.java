/** ONNX files as graphs. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.onnx;
