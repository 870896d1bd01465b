package dev.infermark.numerics;

/** What becomes of a value whose magnitude exceeds the largest finite one of a format, infinity included. */
public enum Overflow {
    /** It becomes infinity of the same sign, as IEEE 754 has it. */
    INFINITY,
    /** It becomes the largest finite value of the same sign. */
    SATURATE
}
