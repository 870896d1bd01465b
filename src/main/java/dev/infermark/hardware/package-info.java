/** Chips, cores, engines, memories, links, instances and prices, each figure with unit, kind and source. */
@org.jspecify.annotations.NullMarked
package dev.infermark.hardware;
