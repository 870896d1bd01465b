/** Tables with typed cells, and the formats that they are written in. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.table;
