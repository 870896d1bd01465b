/** Compares deterministic, modelled numbers exactly with those that were committed. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.golden;
