/** Networks as graphs of operators with shapes and types, and what can be counted on them. */
@org.jspecify.annotations.NullMarked
package dev.infermark.graph;
