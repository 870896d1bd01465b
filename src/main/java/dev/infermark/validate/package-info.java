/** Predictions beside what was measured on the real chips, and the fitting of what is not documented. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate;
