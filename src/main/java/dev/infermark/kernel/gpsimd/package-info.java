/** Custom operators of the GPSIMD engine. */
@org.jspecify.annotations.NullMarked
package dev.infermark.kernel.gpsimd;
