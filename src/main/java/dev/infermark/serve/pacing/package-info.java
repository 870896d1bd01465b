/** Waiting until instants of the modelled device, to within microseconds, and how well that was done. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.pacing;
