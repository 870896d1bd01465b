/** Convolutions on the Vector API. */
@org.jspecify.annotations.NullMarked
package dev.infermark.kernel.simd.convolution;
