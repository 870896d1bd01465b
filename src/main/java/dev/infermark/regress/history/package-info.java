/** The file of all past runs and what changed in it. */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress.history;
