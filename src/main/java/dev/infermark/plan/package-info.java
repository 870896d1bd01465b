/**
 * Which deployment meets a target at the least cost: targets, what is searched, what is rejected and why, the Pareto
 * front, and sweeps over any product of settings.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.plan;
