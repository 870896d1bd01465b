/** JMH benchmarks of the kernels. */
@org.jspecify.annotations.NullMarked
package dev.infermark.bench;
