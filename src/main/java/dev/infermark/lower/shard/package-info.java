/** What one core of a group holds of a transformer that the group computes together. */
@org.jspecify.annotations.NullMarked
package dev.infermark.lower.shard;
