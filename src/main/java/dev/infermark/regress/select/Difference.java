package dev.infermark.regress.select;

/**
 * Something that forbids a comparison.
 *
 * @param name what differs, as {@code --allow} takes it, such as {@code jdk}
 * @param detail both sides in one line
 */
public record Difference(String name, String detail) {}
