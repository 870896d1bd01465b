/** What every package may use: errors for the user, safe files, the kinds of numbers. */
@org.jspecify.annotations.NullMarked
package dev.infermark.base;
