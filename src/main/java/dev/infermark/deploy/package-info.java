/** From the time of one core to the latency, throughput and cost of an instance. */
@org.jspecify.annotations.NullMarked
package dev.infermark.deploy;
