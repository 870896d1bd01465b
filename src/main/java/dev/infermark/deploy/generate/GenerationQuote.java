package dev.infermark.deploy.generate;

import dev.infermark.deploy.generate.GenerationAdvice.Question;

/**
 * The whole answer about generating text on an instance.
 *
 * @param question what was asked
 * @param sdk release of the Neuron SDK, as people read it
 * @param copies groups of cores that each hold the network
 * @param idleCores cores that no group uses
 * @param prediction how fast, all groups together
 * @param memory what each core holds
 */
public record GenerationQuote(
        Question question,
        String sdk,
        int copies,
        int idleCores,
        GenerationPrediction prediction,
        GroupMemory memory) {

    /** The network that generates. */
    public String modelName() {
        return question.shape().name();
    }

    /** US dollars for a million output tokens at an hourly price of the instance. */
    public double dollarsPerMillionTokens(double dollarsPerHour) {
        return 1e6 * dollarsPerHour / 3600 / prediction.outputTokensPerSecond();
    }

    /** The share of the instance's price that idle cores cost. */
    public double idleShare() {
        return (double) idleCores / question.instance().coreCount();
    }
}
