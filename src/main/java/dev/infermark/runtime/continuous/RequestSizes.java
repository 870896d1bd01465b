package dev.infermark.runtime.continuous;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** How much the requests of a run ask for. */
public sealed interface RequestSizes {

    /** Each input and each output at its longest. */
    RequestSize longest();

    /** Input and output tokens on average. */
    Mean mean();

    /** The sizes of one run, drawn from this generator. */
    Supplier<RequestSize> stream(RandomGenerator random);

    /**
     * Averages over requests.
     *
     * @param inputTokens of a prompt
     * @param outputTokens of an answer
     */
    record Mean(double inputTokens, double outputTokens) {}

    /**
     * All requests ask for the same.
     *
     * @param size what each asks for
     */
    record Fixed(RequestSize size) implements RequestSizes {
        @Override
        public RequestSize longest() {
            return size;
        }

        @Override
        public Mean mean() {
            return new Mean(size.inputTokens(), size.outputTokens());
        }

        @Override
        public Supplier<RequestSize> stream(RandomGenerator random) {
            return () -> size;
        }
    }

    /**
     * Whole numbers uniformly from (1 − ratio) to (1 + ratio) times a length, inputs and outputs independently, as
     * {@code --random-range-ratio} of vLLM's benchmark draws them.
     *
     * @param middle lengths in the middle
     * @param ratio from 0 to below 1
     */
    record Uniform(RequestSize middle, double ratio) implements RequestSizes {
        /** Refuses ratios that could give no tokens. */
        public Uniform {
            if (!(ratio >= 0 && ratio < 1)) {
                throw new UserError("a range ratio of " + ratio + " is none; give 0 or more, below 1");
            }
        }

        @Override
        public RequestSize longest() {
            return new RequestSize(most(middle.inputTokens()), most(middle.outputTokens()));
        }

        @Override
        public Mean mean() {
            return new Mean(mean(middle.inputTokens()), mean(middle.outputTokens()));
        }

        @Override
        public Supplier<RequestSize> stream(RandomGenerator random) {
            return () -> new RequestSize(draw(random, middle.inputTokens()), draw(random, middle.outputTokens()));
        }

        private long draw(RandomGenerator random, long length) {
            return random.nextLong(least(length), most(length) + 1);
        }

        private double mean(long length) {
            return (least(length) + most(length)) / 2.0;
        }

        private long least(long length) {
            return Math.max(1, (long) Math.floor(length * (1 - ratio)));
        }

        private long most(long length) {
            return (long) Math.ceil(length * (1 + ratio));
        }
    }

    /**
     * Recorded sizes, one after the other, and again from the first.
     *
     * @param sizes one or more
     */
    record Trace(List<RequestSize> sizes) implements RequestSizes {
        /** Copies the list; refuses an empty one. */
        public Trace {
            sizes = List.copyOf(sizes);
            if (sizes.isEmpty()) {
                throw new UserError("the trace has no requests; write one on each line below its header");
            }
        }

        @Override
        public RequestSize longest() {
            return new RequestSize(
                    sizes.stream().mapToLong(RequestSize::inputTokens).max().orElseThrow(),
                    sizes.stream().mapToLong(RequestSize::outputTokens).max().orElseThrow());
        }

        @Override
        public Mean mean() {
            return new Mean(
                    sizes.stream().mapToLong(RequestSize::inputTokens).average().orElseThrow(),
                    sizes.stream().mapToLong(RequestSize::outputTokens).average().orElseThrow());
        }

        @Override
        public Supplier<RequestSize> stream(RandomGenerator random) {
            return new Supplier<>() {
                private int index;

                @Override
                public RequestSize get() {
                    RequestSize next = sizes.get(index);
                    index = (index + 1) % sizes.size();
                    return next;
                }
            };
        }
    }
}
