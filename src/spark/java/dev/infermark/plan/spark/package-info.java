/**
 * Sweeps on Apache Spark: the rows of {@link dev.infermark.plan.sweep}, computed by as many machines as there are. The
 * only package that knows Spark; it is compiled by {@code mvn -Pspark} alone, into a jar of its own.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.plan.spark;
