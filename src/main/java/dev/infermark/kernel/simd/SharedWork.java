package dev.infermark.kernel.simd;

import java.util.Collections;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Units of work that workers of a pool do on several threads, as often as it runs, once at a time. */
final class SharedWork implements Runnable {
    private final UnitQueue queue;
    private final Tasks tasks;

    /**
     * Work that waits to be run.
     *
     * @param group units that have a preparation in common, as for {@link UnitQueue}
     * @param mostThreads the caller's and those of the common pool
     * @param work has a worker take units from the queue until none is left
     */
    <W> SharedWork(int units, int group, int mostThreads, ObjectPool<W> workers, BiConsumer<W, UnitQueue> work) {
        int threads = Math.min(mostThreads, units);
        queue = new UnitQueue(units, group, threads);
        Consumer<W> share = worker -> work.accept(worker, queue);
        tasks = new Tasks(Collections.nCopies(threads, () -> workers.lend(share)));
    }

    @Override
    public void run() {
        queue.reset();
        tasks.run();
    }
}
