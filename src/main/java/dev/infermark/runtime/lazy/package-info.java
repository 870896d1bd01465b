/** Lazy tensors, which compile each shape when it first comes, beside models that were traced before. */
@org.jspecify.annotations.NullMarked
package dev.infermark.runtime.lazy;
