/** The blog's table and plots, published beside modelled. */
@org.jspecify.annotations.NullMarked
package dev.infermark.report.blog;
