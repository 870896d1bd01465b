package dev.infermark.kernel.simd;

import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;

/** Tasks on several threads. */
public final class Tasks {
    private Tasks() {}

    /**
     * Runs tasks on the caller's thread and on those of the common pool.
     *
     * <p>Waits for all even where one fails, lest another still writes when the caller goes on; then throws what the
     * first of those that failed threw.
     */
    public static void run(Stream<Runnable> tasks) {
        List<? extends ForkJoinTask<?>> all = tasks.map(ForkJoinTask::adapt).toList();
        all.stream().skip(1).forEach(ForkJoinTask::fork);
        all.getFirst().quietlyInvoke();
        all.reversed().forEach(ForkJoinTask::quietlyJoin);
        all.forEach(ForkJoinTask::join);
    }
}
