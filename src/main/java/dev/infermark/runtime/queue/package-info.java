/**
 * Requests that arrive, wait, share calls and are answered: a simulation whose memory does not grow with its length.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.runtime.queue;
