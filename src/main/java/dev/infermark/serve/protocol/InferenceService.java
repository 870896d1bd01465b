package dev.infermark.serve.protocol;

import dev.infermark.serve.device.Answer;
import dev.infermark.serve.device.ServingListener;
import dev.infermark.serve.device.Ticket;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.ServedModels;
import dev.infermark.serve.pacing.PacedClock;
import dev.infermark.serve.pacing.PacingErrors;
import java.time.Duration;

/** Inferences on the modelled device, whatever protocol they come by. For many threads. */
public final class InferenceService implements Draining {
    /** What the server calls itself. */
    public static final String NAME = "infermark";

    private final ServedModels models;
    private final PacedClock clock;
    private final PacingErrors errors;
    private final ServingListener listener;
    private final InFlight inFlight = new InFlight();

    /**
     * A service.
     *
     * @param clock whose instants the queues of the models have, too
     * @param errors where the errors of pacing are recorded
     * @param listener is told of every answer
     */
    public InferenceService(
            ServedModels models, PacedClock clock, PacingErrors errors, ServingListener listener) {
        this.models = models;
        this.clock = clock;
        this.errors = errors;
        this.listener = listener;
    }

    /** The models. */
    public ServedModels models() {
        return models;
    }

    /** Requests that wait or are on the device. */
    public long inFlight() {
        return inFlight.count();
    }

    /** Whether requests are taken. */
    public boolean isReady() {
        return !inFlight.isEnding();
    }

    /**
     * The model of a name and a version, which may be empty.
     *
     * @throws ProtocolException where there is none
     */
    public ServedModel require(String name, String version) {
        ServedModel model = models.find(name)
                .orElseThrow(() -> new ProtocolException(
                        ProtocolException.Kind.NOT_FOUND, "model '" + name + "' is not served here"));
        if (!version.isEmpty() && !version.equals(ServedModel.VERSION)) {
            throw new ProtocolException(
                    ProtocolException.Kind.NOT_FOUND,
                    "model '" + name + "' has no version '" + version + "'; there is " + ServedModel.VERSION);
        }
        return model;
    }

    /** The clock by whose instants requests arrive. */
    public PacedClock clock() {
        return clock;
    }

    /**
     * Begins an inference, and waits until it has left for the device.
     *
     * @param arrivalNanos when the last of the request arrived
     * @throws ProtocolException where the request does not fit the model, its queue is full or the server ends
     * @throws InterruptedException when the server stops
     */
    public Inference begin(ServedModel model, InferRequest request, long arrivalNanos) throws InterruptedException {
        int places = request.requireFit(model);
        if (!inFlight.enter()) {
            throw unavailable("the server is about to end");
        }
        Inference inference = null;
        try {
            Ticket ticket = model.queue()
                    .submit(arrivalNanos, places)
                    .orElseThrow(() -> unavailable("the queue of model '" + model.name() + "' is full"));
            ticket.awaitStart();
            inference = new Inference(model, ticket, InferResponse.of(model, request, ticket));
            return inference;
        } finally {
            if (inference == null) {
                inFlight.leave();
            }
        }
    }

    private static ProtocolException unavailable(String reason) {
        return new ProtocolException(ProtocolException.Kind.UNAVAILABLE, reason);
    }

    /** Counts a request for an inference that fails, and gives back why. */
    public ProtocolException counted(ServedModel model, ProtocolException e) {
        listener.answered(Answer.without(
                model.name(),
                e.kind() == ProtocolException.Kind.UNAVAILABLE
                        ? Answer.Outcome.TURNED_AWAY
                        : Answer.Outcome.REFUSED));
        return e;
    }

    @Override
    public long drain(Duration longest) throws InterruptedException {
        return inFlight.drain(longest);
    }

    /** A request on the device, up to its answer. Closed without one, its client is taken to be gone. */
    public final class Inference implements AutoCloseable {
        private final ServedModel model;
        private final Ticket ticket;
        private final InferResponse response;
        private Answer.Outcome outcome = Answer.Outcome.ABANDONED;

        private Inference(ServedModel model, Ticket ticket, InferResponse response) {
            this.model = model;
            this.ticket = ticket;
            this.response = response;
        }

        /** The answer, which is to be made ready before {@link #awaitEnd}. */
        public InferResponse response() {
            return response;
        }

        /** Waits until the device has it; whoever called sends the answer at once. */
        public void awaitEnd() throws InterruptedException {
            errors.record(ticket.awaitEnd(clock));
        }

        /** The answer has been sent. */
        public void answered() {
            outcome = Answer.Outcome.ANSWERED;
        }

        @Override
        public void close() {
            listener.answered(new Answer(
                    model.name(),
                    outcome,
                    ticket.places(),
                    ticket.queueSeconds(),
                    ticket.latencySeconds() - ticket.queueSeconds()));
            inFlight.leave();
        }
    }
}
