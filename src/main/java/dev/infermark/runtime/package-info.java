/** How predictions behave under load: arrivals, queues, tails of latency, and the shapes that a service compiles. */
@org.jspecify.annotations.NullMarked
package dev.infermark.runtime;
