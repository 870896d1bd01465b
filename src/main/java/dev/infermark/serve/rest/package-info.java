/** The Open Inference Protocol over HTTP: JSON, and tensors as binary data behind it. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.rest;
