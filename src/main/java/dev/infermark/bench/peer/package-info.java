/** Other libraries that compute what our kernels compute, called as their users would call them. */
@org.jspecify.annotations.NullMarked
package dev.infermark.bench.peer;
