package dev.infermark.plan;

/** How long a deployment takes, without any queue. */
public sealed interface Speed {

    /** Seconds that a Pareto front compares: the 99th percentile of a call, or the time per token. */
    double seconds();

    /**
     * Of a network that runs once for each call.
     *
     * @param p50 median seconds of a call
     * @param p99 99th percentile
     */
    record Calls(double p50, double p99) implements Speed {
        @Override
        public double seconds() {
            return p99;
        }
    }

    /**
     * Of a network that generates text.
     *
     * @param ttft median seconds to the first token
     * @param tpot median seconds per further token
     * @param endToEnd seconds of a whole request
     */
    record Tokens(double ttft, double tpot, double endToEnd) implements Speed {
        @Override
        public double seconds() {
            return tpot;
        }
    }
}
