/** What exchanges among the cores of an instance take, by topology, size and release of the collectives library. */
@org.jspecify.annotations.NullMarked
package dev.infermark.simulate.collective;
