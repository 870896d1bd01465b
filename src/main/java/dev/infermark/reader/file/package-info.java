/** Model files as bytes: which kind they are, how they are opened, and the sizes of their open dimensions. */
@org.jspecify.annotations.NullMarked
package dev.infermark.reader.file;
