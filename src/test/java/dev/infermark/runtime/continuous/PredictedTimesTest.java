package dev.infermark.runtime.continuous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.generate.TransformerShapes;
import dev.infermark.deploy.generate.WeightStorage;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.Models;
import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.QueueSimulation;
import dev.infermark.simulate.Calibrations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation's limit cases are the plain predictions. */
class PredictedTimesTest {
    private static final SdkVersion EARLY = new SdkVersion(2, 20);
    private static final GenerationQuoter QUOTER =
            new GenerationQuoter(Calibrations.builtIn(), GenerationCalibration.builtIn());

    private static GenerationQuote quote(GenerationRuntime runtime, long batch) {
        return QUOTER.quote(question(runtime, batch), EARLY);
    }

    private static Question question(GenerationRuntime runtime, long batch) {
        return new Question(
                TransformerShapes.of(Models.find("llama-3.2-1b")),
                Catalog.builtIn().instance("inf2.48xlarge"),
                8,
                runtime,
                WeightStorage.BF16,
                GenerationRequest.of(batch, 200, 40));
    }

    private static GenerationResult run(GenerationQuote quote, Arrivals arrivals, long requests) {
        DecodingService service = PredictedTimes.service(quote, QUOTER.predictor(quote.question(), EARLY));
        DecodingService alone =
                new DecodingService(1, service.slots(), service.compiledTokens(), service.joining(), service.times());
        return new GenerationSimulation(
                        alone,
                        new RequestSizes.Fixed(new RequestSize(200, 40)),
                        Targets.NONE,
                        QueueSimulation.UNLIMITED)
                .open(arrivals, requests, 1);
    }

    @ParameterizedTest
    @EnumSource
    void aLoneRequestOfABatchOfOneTakesThePredictedTimes(GenerationRuntime runtime) {
        GenerationQuote quote = quote(runtime, 1);
        GenerationPrediction prediction = quote.prediction();
        GenerationResult result = run(quote, new Arrivals.Constant(1e-3), 3);

        assertEquals(prediction.timeToFirstToken(), result.latencies().ttft().mean(), 1e-9);
        assertEquals(prediction.timePerToken(), result.latencies().itl().p50(), 1e-4 * prediction.timePerToken());
        double mean = prediction.meanStep().total();
        assertEquals(mean, result.latencies().tpot().mean(), 1e-9);
        assertEquals(prediction.endToEnd(), result.latencies().endToEnd().mean(), 1e-9);
    }

    @ParameterizedTest
    @EnumSource
    void aBatchThatComesAtOnceEndsWithThePrediction(GenerationRuntime runtime) {
        GenerationQuote quote = quote(runtime, 4);
        GenerationResult result = run(quote, new Arrivals.AtOnce(), 4);

        double predicted = quote.prediction().timeToFirstToken();
        assertEquals(predicted, result.latencies().ttft().max(), 1e-3 * predicted);
        double whole = quote.prediction().endToEnd();
        // A host that samples has less to do once the first sequence has left.
        assertEquals(whole, result.seconds(), 0.01 * whole);
        assertTrue(result.slotUtilisation() > 0.5);
    }
}
