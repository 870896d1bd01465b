/** Which benchmarks a run measures, in which forks, and how far it is. */
@org.jspecify.annotations.NullMarked
package dev.infermark.bench.run;
