package dev.infermark.serve.protocol;

import java.time.Duration;

/** What answers requests, and can be told to take no more. */
public interface Draining {
    /**
     * Takes no more requests, and waits until those that it has are answered.
     *
     * @param longest the longest wait
     * @return how many are left without an answer
     */
    long drain(Duration longest) throws InterruptedException;
}
