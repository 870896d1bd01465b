package dev.infermark.kernel;

/** How a stored matrix enters a matmul. */
public enum Transposition {
    /** As it is stored. */
    NONE,
    /** Its rows as columns. */
    TRANSPOSED
}
