/** What a run measured: rows, their forks, the limits of the host, and where all that came from. */
@org.jspecify.annotations.NullMarked
package dev.infermark.bench.result;
