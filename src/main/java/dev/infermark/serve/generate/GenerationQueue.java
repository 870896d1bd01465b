package dev.infermark.serve.generate;

import dev.infermark.runtime.continuous.Batcher;
import dev.infermark.runtime.continuous.RequestSize;
import dev.infermark.runtime.continuous.Sequence;
import dev.infermark.runtime.continuous.TokenListener;
import dev.infermark.serve.device.Execution;
import dev.infermark.serve.device.ServingListener;
import dev.infermark.serve.pacing.PacedClock;
import dev.infermark.serve.pacing.TimeScale;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The copies of a generating model, driven by a clock. Decisions are taken in modelled time, from the instants at which
 * requests arrived, by the rule of the simulation. For many threads.
 */
final class GenerationQueue {
    private final GeneratingModel model;
    private final PacedClock clock;
    private final TimeScale scale;
    private final ServingListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Sequence, TokenStream> streams = new HashMap<>();
    private final List<Copy> copies;
    private double now;

    GenerationQueue(GeneratingModel model, PacedClock clock, TimeScale scale, ServingListener listener) {
        this.model = model;
        this.clock = clock;
        this.scale = scale;
        this.listener = listener;
        this.copies = IntStream.range(0, model.service().copies())
                .mapToObj(Copy::new)
                .toList();
    }

    /** A request that arrived at this instant takes its place; nothing where the queue is full. */
    Optional<TokenStream> submit(RequestSize size, long arrivalNanos) {
        lock.lock();
        try {
            // Threads may come here in another order than their requests arrived in.
            double arrival = Math.max(now, scale.seconds(arrivalNanos));
            passTo(arrival);
            int waiting = copies.stream().mapToInt(copy -> copy.batcher.waiting()).sum();
            if (waiting >= model.queueLimit()) {
                return Optional.empty();
            }
            Copy copy = copies.stream()
                    .min(Comparator.comparingInt(each -> each.batcher.outstanding()))
                    .orElseThrow();
            TokenStream stream = new TokenStream(new Sequence(size, arrival), copy);
            streams.put(stream.sequence(), stream);
            copy.batcher.add(stream.sequence());
            passTo(arrival);
            return Optional.of(stream);
        } finally {
            lock.unlock();
        }
    }

    /** A request whose client has gone leaves its place. */
    void abandon(TokenStream stream) {
        lock.lock();
        try {
            if (streams.remove(stream.sequence()) != null) {
                stream.copy().batcher.abandon(stream.sequence());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all calls that are to end by a time. */
    private void passTo(double time) {
        now = Math.max(now, time);
        copies.forEach(copy -> copy.passTo(time));
    }

    private void wake(double planned) {
        lock.lock();
        try {
            passTo(Math.max(planned, scale.seconds(clock.nanos())));
        } finally {
            lock.unlock();
        }
    }

    /** One copy of the model, on cores of its own. */
    final class Copy implements TokenListener {
        private final int index;
        private final Batcher batcher = new Batcher(model.service(), this);
        private double timerAt = Double.POSITIVE_INFINITY;

        private Copy(int index) {
            this.index = index;
        }

        private void passTo(double time) {
            while (batcher.callEnd() <= time) {
                batcher.endCall();
            }
            double next = batcher.callEnd();
            if (next < Double.POSITIVE_INFINITY && next != timerAt) {
                timerAt = next;
                clock.at(scale.nanos(next), () -> wake(next));
            }
        }

        @Override
        public void begins(List<Sequence> sequences, double start, double end) {
            long dueNanos = scale.nanos(end);
            for (Sequence sequence : sequences) {
                TokenStream stream = streams.get(sequence);
                if (stream != null) {
                    stream.begins(start, end, dueNanos);
                }
            }
            listener.executed(new Execution(
                    model.name(),
                    index * model.coresPerCopy(),
                    model.coresPerCopy(),
                    sequences.size(),
                    scale.nanos(start),
                    dueNanos,
                    end - start,
                    end - start));
        }

        @Override
        public void token(Sequence sequence, double gap) {
            if (sequence.isComplete()) {
                streams.remove(sequence);
            }
        }
    }
}
