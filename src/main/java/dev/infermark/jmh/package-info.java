/** The one reader of what JMH writes, and the record of the machine that lies beside it. */
@org.jspecify.annotations.NullMarked
package dev.infermark.jmh;
