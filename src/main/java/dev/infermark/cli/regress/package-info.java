/** The commands of regression tracking. */
@org.jspecify.annotations.NullMarked
package dev.infermark.cli.regress;
