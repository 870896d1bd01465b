/** Models that need no file: published configurations of transformers, and convolutional networks. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.builtin;
