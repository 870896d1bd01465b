package dev.infermark.deploy.generate;

/**
 * How fast text is generated. Names in tables are vLLM's: {@code ttft} is the time to the first token, {@code tpot} the
 * time per further token, {@code itl} the time between two tokens, {@code e2el} the time of the whole request.
 *
 * @param request what is generated
 * @param prefill time to the first token of the last sequence of a batch
 * @param medianStep the step that the median token takes
 * @param meanStep the steps of all tokens over their number
 * @param lastStep the step of the last token, whose context is longest
 */
public record GenerationPrediction(
        GenerationRequest request,
        TimeByCause prefill,
        TimeByCause medianStep,
        TimeByCause meanStep,
        TimeByCause lastStep) {

    /** Seconds from a request to its first token. */
    public double timeToFirstToken() {
        return prefill.total();
    }

    /** Median seconds per further token. */
    public double timePerToken() {
        return medianStep.total();
    }

    /** Seconds from a request to its last token: ttft + (output − 1) · mean tpot. */
    public double endToEnd() {
        return timeToFirstToken() + (request.outputTokens() - 1) * meanStep.total();
    }

    /** Output tokens per second of all copies: active sequences · output / end-to-end. */
    public double outputTokensPerSecond() {
        return request.copies() * request.active() * request.outputTokens() / endToEnd();
    }
}
