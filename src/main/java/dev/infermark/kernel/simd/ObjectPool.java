package dev.infermark.kernel.simd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Workers that own large buffers, lent to one thread at a time. They outlive the tasks of the common pool, whose
 * threads forget what is local to them after each. As many are kept as were ever busy at once.
 *
 * @param <W> the workers
 */
final class ObjectPool<W> {
    private final Supplier<W> maker;
    private final Deque<W> idle = new ArrayDeque<>();

    ObjectPool(Supplier<W> maker) {
        this.maker = maker;
    }

    /** Has a worker do something, the one that was used last if it is free. */
    void lend(Consumer<W> work) {
        W worker = take();
        try {
            work.accept(worker);
        } finally {
            giveBack(worker);
        }
    }

    private W take() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return maker.get();
    }

    private void giveBack(W worker) {
        synchronized (idle) {
            idle.push(worker);
        }
    }
}
