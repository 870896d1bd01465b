<<<<<<< HEAD
/** JMH benchmarks of the kernels. */
=======
/** The JMH benchmarks, the profiles they run under, and the files a run leaves behind. */
>>>>>>> bench
@org.jspecify.annotations.NullMarked
package dev.infermark.bench;
