package dev.infermark.kernel;

/** What the Vector engine does with two elements; each rounds once. */
public enum BinaryOperation {
    /** a + b. */
    ADD,
    /** a - b. */
    SUBTRACT,
    /** a · b. */
    MULTIPLY,
    /** The larger one as {@link Math#max(float, float)} has it: NaN if one is, 0 above -0. */
    MAX,
    /** The smaller one as {@link Math#min(float, float)} has it: NaN if one is, -0 below 0. */
    MIN
}
