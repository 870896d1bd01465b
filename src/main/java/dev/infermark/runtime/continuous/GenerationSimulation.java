package dev.infermark.runtime.continuous;

import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.Clients;
import dev.infermark.runtime.queue.QueueSimulation;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Simulates requests that join copies of a network which generates, call by call. Immutable; each run has a state of
 * its own, and equal seeds give equal results to the bit.
 *
 * <p>A request goes to the copy with the fewest requests that are not answered, and stays there.
 *
 * @param service what generates
 * @param sizes what requests ask for
 * @param targets what counts as goodput
 * @param queueLimit most requests that wait for a slot; further ones are turned away
 */
public record GenerationSimulation(DecodingService service, RequestSizes sizes, Targets targets, int queueLimit) {
    /** Batches of each copy from which the capacity of a static batch is taken. */
    private static final int CAPACITY_BATCHES = 100;

    /** A run of so many requests whose callers do not wait for answers. */
    public GenerationResult open(Arrivals arrivals, long requests, long seed) {
        RandomGenerator.SplittableGenerator random = QueueSimulation.generator(seed);
        return new Run(Clients.open(arrivals.stream(random.split()), requests), sizes.stream(random.split())).result();
    }

    /** A run of so many requests by callers who each wait for an answer before they send again. */
    public GenerationResult closed(int clients, long requests, long seed) {
        return new Run(Clients.closed(clients, requests), sizes.stream(QueueSimulation.generator(seed).split()))
                .result();
    }

    /**
     * Requests per second that full slots answer at most.
     *
     * <p>Where requests join one by one, each costs its prefill, during which all others stand still, and its share of
     * its steps, output − 1 on average. Static batches are simulated, since the longest answer holds all of them.
     */
    public double capacity(long seed) {
        RequestSizes.Mean mean = sizes.mean();
        return switch (service.joining()) {
            case CONTINUOUS -> {
                double prefill = service.times().prefillSeconds(1, Math.round(mean.inputTokens()));
                double step = service.times().stepSeconds(service.slots(), service.compiledTokens());
                yield service.copies() / (prefill + (mean.outputTokens() - 1) * step / service.slots());
            }
            case STATIC -> {
                long requests = (long) CAPACITY_BATCHES * service.slots() * service.copies();
                GenerationSimulation unlimited =
                        new GenerationSimulation(service, sizes, targets, QueueSimulation.UNLIMITED);
                yield requests / unlimited.open(new Arrivals.AtOnce(), requests, seed).seconds();
            }
        };
    }

    /** The state of one run. */
    private final class Run {
        private final Clients clients;
        private final Supplier<RequestSize> nextSize;
        private final GenerationRecorder recorder = new GenerationRecorder(targets);
        private final List<Batcher> copies;
        private double first = Double.NaN;
        private double last;
        private double now;
        private int inSystem;
        private double requestSeconds;
        private int longestQueue;
        private long dropped;
        private long rejected;

        Run(Clients clients, Supplier<RequestSize> nextSize) {
            this.clients = clients;
            this.nextSize = nextSize;
            this.copies = Stream.generate(() -> new Batcher(service, this::token))
                    .limit(service.copies())
                    .toList();
        }

        GenerationResult result() {
            while (true) {
                double arrival = clients.peek();
                Batcher batcher = firstToEnd();
                // Requests that come at the moment at which a call ends may still join the next one.
                if (batcher.callEnd() < arrival) {
                    passTo(batcher.callEnd());
                    batcher.endCall();
                } else if (arrival < Double.POSITIVE_INFINITY) {
                    passTo(arrival);
                    clients.take();
                    arrive(arrival);
                } else {
                    break;
                }
            }
            double seconds = last - first;
            return new GenerationResult(
                    recorder.times(),
                    recorder.tokens(),
                    new GenerationResult.Unanswered(dropped, rejected),
                    recorder.good(),
                    seconds,
                    share(copies.stream().mapToDouble(Batcher::slotSeconds).sum(), seconds * service.slots()),
                    share(copies.stream().mapToDouble(Batcher::busySeconds).sum(), seconds),
                    seconds > 0 ? requestSeconds / seconds : 0,
                    longestQueue);
        }

        private double share(double held, double seconds) {
            return seconds > 0 ? held / (seconds * copies.size()) : 0;
        }

        private void passTo(double time) {
            requestSeconds += inSystem * (time - now);
            now = time;
        }

        private void token(Sequence sequence, double gap) {
            recorder.token(sequence, gap);
            if (sequence.isComplete()) {
                last = now;
                inSystem--;
                clients.answered(now);
            }
        }

        private void arrive(double time) {
            if (Double.isNaN(first)) {
                first = time;
                last = time;
            }
            RequestSize size = nextSize.get();
            int waiting = copies.stream().mapToInt(Batcher::waiting).sum();
            if (!service.hasRoomFor(size)) {
                rejected++;
                clients.answered(time);
            } else if (waiting >= queueLimit) {
                dropped++;
                clients.answered(time);
            } else {
                leastLoaded().add(new Sequence(size, time));
                inSystem++;
                longestQueue = Math.max(longestQueue, waiting + 1);
            }
        }

        private Batcher firstToEnd() {
            Batcher best = copies.getFirst();
            for (Batcher each : copies) {
                best = each.callEnd() < best.callEnd() ? each : best;
            }
            return best;
        }

        private Batcher leastLoaded() {
            Batcher best = copies.getFirst();
            for (Batcher each : copies) {
                best = each.outstanding() < best.outstanding() ? each : best;
            }
            return best;
        }
    }
}
