package dev.infermark.kernel.simd;

import java.util.List;
import java.util.concurrent.ForkJoinTask;

/**
 * Tasks on several threads, the first on the caller's and the others on those of the common pool. They may run many
 * times, once at a time.
 */
public final class Tasks implements Runnable {
    private final Runnable own;
    private final ForkJoinTask<?>[] others;

    /** @param tasks at least one */
    public Tasks(List<? extends Runnable> tasks) {
        own = tasks.getFirst();
        others = tasks.stream().skip(1).map(ForkJoinTask::adapt).toArray(ForkJoinTask<?>[]::new);
    }

    /**
     * Runs them all.
     *
     * <p>Waits for all even where one fails, lest another still writes when the caller goes on; then throws what the
     * first of those that failed threw.
     */
    @Override
    public void run() {
        int forked = 0;
        try {
            for (; forked < others.length; forked++) {
                others[forked].reinitialize();
                others[forked].fork();
            }
            own.run();
        } finally {
            // The last that was forked is the first that this thread can take back.
            while (forked > 0) {
                forked--;
                others[forked].quietlyJoin();
            }
        }
        for (ForkJoinTask<?> task : others) {
            task.join();
        }
    }
}
