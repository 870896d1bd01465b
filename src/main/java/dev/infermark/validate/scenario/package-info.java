/** Measurements as deployments that can be predicted, and the predictions beside them. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.scenario;
