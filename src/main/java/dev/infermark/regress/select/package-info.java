/** Chooses what is compared: one statistic per fork, and only results that may be compared. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.select;
