/** Services under load, buckets and tails, as tables. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.runtime;
