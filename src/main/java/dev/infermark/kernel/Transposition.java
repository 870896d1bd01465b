package dev.infermark.kernel;

/** How a stored matrix enters a product. */
public enum Transposition {
    /** As it is stored. */
    NONE,
    /** Its rows as columns. */
    TRANSPOSED
}
