/**
 * What the modelled device did, under the names of the tools that people watch the real one with: neuron-monitor's
 * JSON, the Prometheus text of its exporter, and Triton's counts of requests.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.metrics;
