/** The lengths that a service compiles its network for, and what padding to them wastes. */
@org.jspecify.annotations.NullMarked
package dev.infermark.runtime.bucket;
