package dev.infermark.serve.generate;

import dev.infermark.runtime.continuous.Sequence;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The tokens of one request, each told when the call begins that gives it. For the thread that asked for them. */
final class TokenStream {
    private final Sequence sequence;
    private final GenerationQueue.Copy copy;
    private final BlockingQueue<Long> due = new LinkedBlockingQueue<>();
    private volatile double start = Double.NaN;
    private volatile double end;

    TokenStream(Sequence sequence, GenerationQueue.Copy copy) {
        this.sequence = sequence;
        this.copy = copy;
    }

    Sequence sequence() {
        return sequence;
    }

    GenerationQueue.Copy copy() {
        return copy;
    }

    /** A call begins that gives the next token; under the queue's lock. */
    void begins(double callStart, double callEnd, long dueNanos) {
        if (Double.isNaN(start)) {
            start = callStart;
        }
        end = callEnd;
        due.add(dueNanos);
    }

    /** Waits until it is known when the next token comes, and returns that instant. */
    long next() throws InterruptedException {
        return due.take();
    }

    /** Modelled seconds from the arrival to the first call; zero where there was none. */
    double queueSeconds() {
        return Double.isNaN(start) ? 0 : start - sequence.arrival();
    }

    /** Modelled seconds from the start of the first call to the end of the last; zero where there was none. */
    double computeSeconds() {
        return Double.isNaN(start) ? 0 : end - start;
    }
}
