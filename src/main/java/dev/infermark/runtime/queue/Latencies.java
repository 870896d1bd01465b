package dev.infermark.runtime.queue;

/**
 * The latencies of a run, in seconds, each from a request's arrival to its answer; percentiles hold four digits.
 *
 * @param count requests that were answered
 * @param mean arithmetic mean
 * @param p50 median
 * @param p90 90th percentile
 * @param p99 99th percentile
 * @param p999 99.9th percentile
 * @param max the longest
 */
public record Latencies(long count, double mean, double p50, double p90, double p99, double p999, double max) {}
