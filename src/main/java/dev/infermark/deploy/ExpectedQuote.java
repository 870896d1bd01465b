package dev.infermark.deploy;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is to be expected of a network whose calls go several ways, each with its probability.
 *
 * @param ways all of them; their probabilities sum to 1
 */
public record ExpectedQuote(List<Way> ways) {

    /**
     * One way.
     *
     * @param branches taken on it, in words
     * @param probability of it
     * @param quote about calls that all go this way
     */
    public record Way(String branches, double probability, Quote quote) {}

    /** Copies the list; refuses an empty one. */
    public ExpectedQuote {
        ways = List.copyOf(ways);
        if (ways.isEmpty()) {
            throw new UserError("there is no way through the network; give it a graph");
        }
    }

    /** Mean seconds of a call. */
    public double meanSeconds() {
        return mean(quote -> quote.prediction().latencySeconds());
    }

    /** Lower end of the mean, were all ways at theirs. */
    public double lowerSeconds() {
        return mean(quote -> quote.interval().lower(quote.prediction().latencySeconds()));
    }

    /** Upper end of the mean, were all ways at theirs. */
    public double upperSeconds() {
        return mean(quote -> quote.interval().upper(quote.prediction().latencySeconds()));
    }

    /** Inferences per second: by Little's law the same clients wait for each call, so that seconds of each add up. */
    public double throughput() {
        return 1 / mean(quote -> 1 / quote.prediction().throughput());
    }

    /** US dollars for a million inferences. */
    public double costPerMillion() {
        return mean(quote -> quote.cost().perMillion());
    }

    private double mean(ToDoubleFunction<Quote> quantity) {
        return ways.stream()
                .mapToDouble(way -> way.probability() * quantity.applyAsDouble(way.quote()))
                .sum();
    }
}
