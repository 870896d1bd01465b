/** Kernels that read like their formula. */
@org.jspecify.annotations.NullMarked
package dev.infermark.kernel.reference;
