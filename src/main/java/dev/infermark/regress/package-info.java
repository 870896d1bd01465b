/**
 * Regression tracking, in steps that each stand alone and use only those before them: {@code statistics} on plain
 * numbers, {@code parse}, {@code select}, {@code detect}, {@code verdict}, {@code history}; and, built from them, the
 * A/B runner ({@code ab}), the studies that measure how often the rules err ({@code study}) and the exact gate of
 * modelled numbers ({@code golden}).
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.regress;
