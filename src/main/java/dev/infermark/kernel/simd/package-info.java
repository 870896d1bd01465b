/** Kernels on the Vector API; loaded only where its module is. */
@org.jspecify.annotations.NullMarked
package dev.infermark.kernel.simd;
