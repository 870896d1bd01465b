package dev.infermark.deploy.generate;

/**
 * A part of a prefill or step that runs after the part before it.
 *
 * @param name such as {@code layer 0} or {@code head}
 * @param time what it takes its time for
 */
public record LayerTime(String name, TimeByCause time) {}
