package dev.infermark.runtime.continuous;

import dev.infermark.deploy.generate.GenerationPredictor;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The times that a predictor gives, each computed once. */
public final class PredictedTimes implements DecodingTimes {
    private final GenerationPredictor predictor;
    private final GenerationRequest full;
    private final Map<Call, Double> prefills = new ConcurrentHashMap<>();
    private final Map<Call, Double> steps = new ConcurrentHashMap<>();

    /** A call for so many sequences and tokens. */
    private record Call(int sequences, long tokens) {}

    private PredictedTimes(GenerationPredictor predictor, GenerationRequest full) {
        this.predictor = predictor;
        this.full = full;
    }

    /** The service that a quote describes, its calls timed by the predictor of the same question. */
    public static DecodingService service(GenerationQuote quote, GenerationPredictor predictor) {
        GenerationRequest request = quote.prediction().request();
        boolean isContinuous = quote.question().runtime().batchesContinuously(request.batch());
        return new DecodingService(
                quote.copies(),
                Math.toIntExact(request.batch()),
                request.compiledTokens(),
                isContinuous ? Joining.CONTINUOUS : Joining.STATIC,
                new PredictedTimes(predictor, request));
    }

    @Override
    public double prefillSeconds(int prompts, long longestInput) {
        return prefills.computeIfAbsent(
                new Call(prompts, longestInput),
                call -> predictor.prefill(of(call.tokens()).withActive(prompts)).total());
    }

    @Override
    public double stepSeconds(int active, long longestSequence) {
        return steps.computeIfAbsent(
                new Call(active, predictor.bucket(full, longestSequence)),
                call -> predictor.step(full.withActive(active), call.tokens()).total());
    }

    /** The whole batch with prompts of this length, each answered by as much as there is room for. */
    private GenerationRequest of(long inputTokens) {
        return new GenerationRequest(
                full.batch(),
                full.active(),
                inputTokens,
                Math.max(1, full.compiledTokens() - inputTokens),
                full.compiledTokens(),
                full.copies());
    }
}
