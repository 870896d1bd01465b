/** XLA's HLO modules, as text and as protocol buffers, as graphs. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.hlo;
