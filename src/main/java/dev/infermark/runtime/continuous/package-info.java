/**
 * Text generation under load: requests that join and leave a batch while it is decoded, step by step.
 *
 * <p>{@link dev.infermark.runtime.continuous.Batcher} is the rule; it knows no clock, so that a simulation and a server
 * can drive it alike.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.runtime.continuous;
