/** Published timings of collective operations beside what the models of their release say. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.collective;
