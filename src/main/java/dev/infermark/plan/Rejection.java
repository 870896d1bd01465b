package dev.infermark.plan;

/**
 * A deployment that cannot be had.
 *
 * @param setup what was tried
 * @param reason why not, in one line
 */
public record Rejection(Setup setup, String reason) {}
