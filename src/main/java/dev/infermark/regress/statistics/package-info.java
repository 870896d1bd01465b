/** Tests, intervals and error control that work on plain arrays of numbers. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.statistics;
