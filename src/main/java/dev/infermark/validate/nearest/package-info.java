/** The published measurements that are most like a prediction. */
@org.jspecify.annotations.NullMarked
package dev.infermark.validate.nearest;
