package dev.infermark.kernel.simd;

/** What becomes of the results before. */
public enum Update {
    /** They are overwritten. */
    STORE,
    /** The products are added to them. */
    ADD
}
