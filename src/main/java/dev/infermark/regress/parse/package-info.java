/** Reads results: JMH's JSON, CSV files, and the record of the machine beside them. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.parse;
