/** The JMH benchmarks of the kernels, the profiles they run under, and the files a run leaves behind. */
@org.jspecify.annotations.NullMarked
package dev.infermark.bench;
