package dev.infermark.serve.device;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts and modelled times of each model since the server's start. For many threads. */
public final class ModelStatistics implements ServingListener {
    private final Map<String, Counts> models = new ConcurrentHashMap<>();

    /** What is counted of one model; times are modelled, in seconds. */
    public static final class Counts {
        private final Map<Answer.Outcome, LongAdder> outcomes = new EnumMap<>(Answer.Outcome.class);
        private final LongAdder inferences = new LongAdder();
        private final LongAdder executions = new LongAdder();
        private final DoubleAdder queueSeconds = new DoubleAdder();
        private final DoubleAdder computeSeconds = new DoubleAdder();
        private final Map<Integer, Batch> batches = new ConcurrentSkipListMap<>();

        private Counts() {
            for (Answer.Outcome outcome : Answer.Outcome.values()) {
                outcomes.put(outcome, new LongAdder());
            }
        }

        /** Requests that ended so. */
        public long count(Answer.Outcome outcome) {
            return Objects.requireNonNull(outcomes.get(outcome)).sum();
        }

        /** Requests that were answered. */
        public long answered() {
            return count(Answer.Outcome.ANSWERED);
        }

        /** Requests that were not. */
        public long failed() {
            return outcomes.values().stream().mapToLong(LongAdder::sum).sum() - answered();
        }

        /** Sequences or images in answered requests. */
        public long inferences() {
            return inferences.sum();
        }

        /** Calls of the device. */
        public long executions() {
            return executions.sum();
        }

        /** Time for which answered requests waited, together. */
        public double queueSeconds() {
            return queueSeconds.sum();
        }

        /** Time for which answered requests were on the device, together. */
        public double computeSeconds() {
            return computeSeconds.sum();
        }

        /** Calls by how many of their places were filled. */
        public Map<Integer, Batch> batches() {
            return batches;
        }
    }

    /** Calls of one size. */
    public static final class Batch {
        private final LongAdder executions = new LongAdder();
        private final DoubleAdder seconds = new DoubleAdder();

        /** How many there were. */
        public long executions() {
            return executions.sum();
        }

        /** How long they took together. */
        public double seconds() {
            return seconds.sum();
        }
    }

    /** The counts of a model. */
    public Counts of(String model) {
        return models.computeIfAbsent(model, _ -> new Counts());
    }

    @Override
    public void executed(Execution execution) {
        Counts counts = of(execution.model());
        counts.executions.increment();
        Batch batch = counts.batches.computeIfAbsent(execution.batchSize(), _ -> new Batch());
        batch.executions.increment();
        batch.seconds.add(execution.latencySeconds());
    }

    @Override
    public void answered(Answer answer) {
        Counts counts = of(answer.model());
        Objects.requireNonNull(counts.outcomes.get(answer.outcome())).increment();
        if (answer.outcome() == Answer.Outcome.ANSWERED) {
            counts.inferences.add(answer.batchSize());
            counts.queueSeconds.add(answer.queueSeconds());
            counts.computeSeconds.add(answer.computeSeconds());
        }
    }
}
