/** Published times of compiling beside what a curve through them says of each. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.startup;
