/** What a provider of kernels implements, and the choice of one. */
@org.jspecify.annotations.NullMarked
package dev.infermark.kernel.provider;
