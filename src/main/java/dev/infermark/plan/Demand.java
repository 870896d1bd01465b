package dev.infermark.plan;

/** How much a deployment must serve. */
public sealed interface Demand {

    /** What one instance serves when it is full. */
    record Saturated() implements Demand {}

    /**
     * A stream of work that never runs dry.
     *
     * @param perSecond sequences, images or output tokens per second
     */
    record Throughput(double perSecond) implements Demand {}

    /**
     * Requests that arrive at random, and queue.
     *
     * @param perSecond requests per second
     */
    record Requests(double perSecond) implements Demand {}
}
