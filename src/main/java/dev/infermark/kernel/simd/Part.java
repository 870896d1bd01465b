package dev.infermark.kernel.simd;

/**
 * The part of C that one thread computes, in each of some products of a batch.
 *
 * @param firstProduct of the batch
 * @param products how many
 * @param top first row of C
 * @param rows how many
 * @param left first column of C
 * @param columns how many
 */
record Part(int firstProduct, int products, int top, int rows, int left, int columns) {}
