/** Decides whether a candidate is slower, faster, the same, or whether the data cannot tell. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.verdict;
