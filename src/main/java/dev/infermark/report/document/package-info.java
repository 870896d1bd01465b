/** Documents of tables and plots, and the page and the text that people read them as. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.document;
