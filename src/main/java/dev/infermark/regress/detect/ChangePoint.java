package dev.infermark.regress.detect;

/**
 * A run at which the level of a series changes.
 *
 * @param index the first value of the new level
 * @param before level since the previous change: winsorised mean, geometric where all values are positive
 * @param after level from here to the next change
 * @param change (after − before) / before; infinite where the level before is 0
 * @param lower lower end of the change's 95 % interval, the place of the change taken as known
 * @param upper upper end of that interval
 * @param p chance, at most, that a series without any change shows one as clear as this
 */
public record ChangePoint(
        int index, double before, double after, double change, double lower, double upper, double p) {}
