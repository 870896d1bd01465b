package dev.infermark.serve.generate;

import dev.infermark.runtime.continuous.RequestSize;
import dev.infermark.serve.device.Answer;
import dev.infermark.serve.device.ServingListener;
import dev.infermark.serve.pacing.PacedClock;
import dev.infermark.serve.pacing.PacingErrors;
import dev.infermark.serve.pacing.TimeScale;
import dev.infermark.serve.protocol.Draining;
import dev.infermark.serve.protocol.InFlight;
import java.time.Duration;
import java.util.Optional;

/** Text generation on the modelled device, whatever protocol asks for it. For many threads. */
public final class GenerationService implements Draining {
    private final GeneratingModel model;
    private final GenerationQueue queue;
    private final PacedClock clock;
    private final PacingErrors errors;
    private final ServingListener listener;
    private final InFlight inFlight = new InFlight();

    /**
     * A service.
     *
     * @param errors where the errors of pacing are recorded, one for each token
     * @param listener is told of every call and answer
     */
    public GenerationService(
            GeneratingModel model, PacedClock clock, TimeScale scale, PacingErrors errors, ServingListener listener) {
        this.model = model;
        this.queue = new GenerationQueue(model, clock, scale, listener);
        this.clock = clock;
        this.errors = errors;
        this.listener = listener;
    }

    /** What generates. */
    public GeneratingModel model() {
        return model;
    }

    /** The clock by whose instants requests arrive. */
    public PacedClock clock() {
        return clock;
    }

    /**
     * Begins to generate for a request that has room in a slot; nothing where the queue is full or the server ends.
     *
     * @param arrivalNanos when the last of the request arrived
     */
    public Optional<Generation> begin(RequestSize size, long arrivalNanos) {
        if (!inFlight.enter()) {
            turnedAway();
            return Optional.empty();
        }
        Optional<Generation> begun = Optional.empty();
        try {
            begun = queue.submit(size, arrivalNanos).map(Generation::new);
            if (begun.isEmpty()) {
                turnedAway();
            }
            return begun;
        } finally {
            if (begun.isEmpty()) {
                inFlight.leave();
            }
        }
    }

    private void turnedAway() {
        listener.answered(Answer.without(model.name(), Answer.Outcome.TURNED_AWAY));
    }

    /** Counts a request that is refused. */
    public void refused() {
        listener.answered(Answer.without(model.name(), Answer.Outcome.REFUSED));
    }

    @Override
    public long drain(Duration longest) throws InterruptedException {
        return inFlight.drain(longest);
    }

    /** A request on the device, up to its last token. Closed before, its client is taken to be gone. */
    public final class Generation implements AutoCloseable {
        private final TokenStream stream;
        private long taken;
        private boolean isAnswered;

        private Generation(TokenStream stream) {
            this.stream = stream;
        }

        /**
         * Waits for the next token; whoever called sends it at once.
         *
         * @return whether more are to come
         */
        public boolean awaitToken() throws InterruptedException {
            long due = stream.next();
            clock.sleepUntil(due);
            errors.record(clock.nanos() - due);
            taken++;
            return taken < stream.sequence().size().outputTokens();
        }

        /** All has been sent. */
        public void answered() {
            isAnswered = true;
        }

        @Override
        public void close() {
            if (!isAnswered) {
                queue.abandon(stream);
            }
            listener.answered(new Answer(
                    model.name(),
                    isAnswered ? Answer.Outcome.ANSWERED : Answer.Outcome.ABANDONED,
                    1,
                    stream.queueSeconds(),
                    stream.computeSeconds()));
            inFlight.leave();
        }
    }
}
