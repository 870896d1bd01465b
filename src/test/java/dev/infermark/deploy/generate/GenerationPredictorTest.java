package dev.infermark.deploy.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationAdvice.CacheRoom;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.GroupSharing;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.Models;
import dev.infermark.simulate.Calibrations;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationPredictorTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Instance INF2 = CATALOG.instance("inf2.48xlarge");
    private static final SdkVersion EARLY = new SdkVersion(2, 18);
    private static final TransformerShape LLAMA = shape("llama-3-8b");
    private static final TransformerShape GPT3 = shape("gpt3-175b");

    @Test
    void giveEqualNetworksEqualAnswers() {
        GenerationRequest request = GenerationRequest.of(4, 1024, 256);
        assertEquals(
                predict(LLAMA, 8, request).timePerToken(),
                predict(shape("llama-3.1-8b"), 8, request).timePerToken());
    }

    @Test
    void takeLongerForMoreSequencesAndLongerContexts() {
        double before = 0;
        for (long batch : new long[] {1, 2, 4, 8, 16, 32}) {
            double now = predict(LLAMA, 8, GenerationRequest.of(batch, 1024, 256)).timePerToken();
            assertTrue(now > before, "batch " + batch);
            before = now;
        }
        before = 0;
        for (long input : new long[] {128, 512, 2048, 8192}) {
            double now = predict(LLAMA, 8, GenerationRequest.of(4, input, 256)).timePerToken();
            assertTrue(now > before, "input " + input);
            before = now;
        }
    }

    @Test
    void takeLessTimeOnMoreCoresButNotInProportion() {
        GenerationRequest request = GenerationRequest.of(1, 128, 128);
        double four = predict(LLAMA, 4, request).timePerToken();
        double eight = predict(LLAMA, 8, request).timePerToken();
        assertTrue(eight < four && eight > four / 2, four + " and " + eight);
    }

    @Test
    void explainEachTokenByCausesThatSumToIt() {
        TimeByCause step = predict(LLAMA, 8, GenerationRequest.of(4, 1024, 256)).medianStep();
        assertEquals(step.total(), step.seconds().values().stream().mapToDouble(each -> each).sum(), 1e-15);
        for (Cause cause : Cause.values()) {
            assertEquals(Cause.ofSteps().contains(cause), step.of(cause) > 0, cause.label());
        }
    }

    @Test
    void bookSamplingAsSuchWhereverItIsDone() {
        GenerationRequest request = GenerationRequest.of(4, 1024, 256);
        TimeByCause greedy = predict(LLAMA, GenerationRuntime.NEURONX_DISTRIBUTED_GREEDY, request).medianStep();
        TimeByCause host = predictor(LLAMA, 24, EARLY).predict(request).medianStep();
        assertEquals(0, greedy.of(Cause.SAMPLING));
        assertEquals(greedy.of(Cause.HOST), host.of(Cause.HOST), 1e-15);
        assertEquals(4 * GenerationCalibration.builtIn().filterSeconds(), host.of(Cause.SAMPLING), 1e-15);
    }

    @Test
    void tellTheConstantOfARingFromTheHost() {
        double ring = predict(LLAMA, 8, GenerationRequest.of(1, 128, 128)).prefill().of(Cause.RING);
        assertEquals(GenerationCalibration.builtIn().prefillSeconds(), ring);
        TimeByCause alone = predict(shape("llama-3.2-1b"), 1, GenerationRequest.of(1, 128, 128)).prefill();
        assertEquals(0, alone.of(Cause.RING));
        TimeByCause eight = predict(LLAMA, 8, GenerationRequest.of(1, 128, 128)).prefill();
        assertEquals(eight.of(Cause.HOST), alone.of(Cause.HOST));
    }

    @Test
    void exchangeNothingOnASingleCore() {
        TransformerShape small = shape("llama-3.2-1b");
        assertEquals(0, predict(small, 1, GenerationRequest.of(1, 128, 16)).medianStep().of(Cause.COLLECTIVES));
    }

    @Test
    void countOutputTokensByTheIdentityOfLatencies() {
        GenerationPrediction prediction = predict(LLAMA, 8, GenerationRequest.of(4, 1024, 256).withCopies(3));
        double whole = prediction.timeToFirstToken() + 255 * prediction.meanStep().total();
        assertEquals(3 * 4 * 256 / whole, prediction.outputTokensPerSecond(), 1e-9);
    }

    @Test
    void padPromptsToTheCompiledLengthWithTheDistributedLibraryAlone() {
        GenerationRequest shortPrompt = GenerationRequest.of(1, 128, 128).withCompiledTokens(4096);
        GenerationRequest longPrompt = GenerationRequest.of(1, 2048, 128).withCompiledTokens(4096);
        assertEquals(
                predict(LLAMA, 8, shortPrompt).timeToFirstToken(), predict(LLAMA, 8, longPrompt).timeToFirstToken());
        assertTrue(early(shortPrompt).timeToFirstToken() < early(longPrompt).timeToFirstToken());
    }

    @Test
    void gatherTheExpertsOfFewTokensAndReadAllForMany() {
        TransformerShape qwen = shape("qwen3-30b-a3b");
        // 8 of 128 experts each: 32 choices at batch 4, twice as many choices as experts at batch 32. Published are
        // 22.4 and 113 ms; a rule that read all experts at batch 4, or few at 32, would be off by more than twice.
        assertEquals(22.4, 1e3 * served(qwen, 4), 0.1 * 22.4);
        assertEquals(113, 1e3 * served(qwen, 32), 0.1 * 113);
    }

    @Test
    void sendAllTokensOfAPromptThroughOneExpertAfterTheOther() {
        // Published: 2.0 s in the middle of three behind a server, and a profile of 78.3 ms without the host.
        GenerationRequest long4096 = GenerationRequest.of(32, 1500, 250).withActive(1).withCompiledTokens(4096);
        assertEquals(2.0, predict(shape("qwen3-30b-a3b"), 8, long4096).timeToFirstToken(), 0.1);
        TimeByCause prompt = predict(shape("mixtral-8x7b"), 8, GenerationRequest.of(1, 127, 1)).prefill();
        assertEquals(78.3, 1e3 * (prompt.total() - prompt.of(Cause.HOST) - prompt.of(Cause.RING)), 0.15 * 78.3);
    }

    @Test
    void readEachExpertOnceThatSomeSequenceNeedsInTheEarlierLibrary() {
        TransformerShape mixtral = shape("mixtral-8x7b");
        double one = weights(mixtral, 1);
        double expert = 32 * 2.0 * 3 * 4096 * 14_336 / 24 / 272e9;
        // 2 experts, then 8 · (1 − (6/8)²) = 3.5, then all 8; inner columns are rounded up on 24 cores.
        assertEquals(1.5 * expert, weights(mixtral, 2) - one, 0.01 * expert);
        assertEquals(6 * expert, weights(mixtral, 64) - one, 0.01 * expert);
    }

    private static double served(TransformerShape shape, long batch) {
        return predict(shape, 8, GenerationRequest.of(batch, 1500, 250).withCompiledTokens(4096))
                .timePerToken();
    }

    private static double weights(TransformerShape shape, long batch) {
        return predictor(shape, 24, EARLY)
                .predict(GenerationRequest.of(batch, 128, 128))
                .medianStep()
                .of(Cause.WEIGHTS);
    }

    @Test
    void moveMoreBytesInEachExchangeOfMoreSequences() {
        double one = predict(LLAMA, 8, GenerationRequest.of(1, 1024, 256)).medianStep().of(Cause.COLLECTIVES);
        double many = predict(LLAMA, 8, GenerationRequest.of(33, 1024, 256)).medianStep().of(Cause.COLLECTIVES);
        // 64 all-reduces, each with 32 hidden states of 4096 more: 2 · 7/8 of their bytes on the bus of 56.6 GB/s.
        assertEquals(64 * 2 * 7 / 8.0 * 32 * 4096 * 2 / 56.6e9, many - one, 1e-6);
    }

    @Test
    void rankTheScoresOfACoresWordsWhereAnySamplingIsServed() {
        GenerationRequest request = GenerationRequest.of(1, 128, 128);
        TransformerShape fewWords = new TransformerShape(
                "few words", LLAMA.encoder(), LLAMA.decoder(), 8, LLAMA.hidden(), LLAMA.embeddings());
        double ranked = predict(LLAMA, 8, request).medianStep().of(Cause.SAMPLING)
                - predict(fewWords, 8, request).medianStep().of(Cause.SAMPLING);
        double passes = ranked * 1.12e9 / (128_256 / 8 - 1);
        assertEquals(GenerationCalibration.builtIn().scorePasses(), passes, 1e-6 * passes);
        double greedy = predict(LLAMA, GenerationRuntime.NEURONX_DISTRIBUTED_GREEDY, request)
                .medianStep()
                .of(Cause.SAMPLING);
        double any = predict(LLAMA, GenerationRuntime.NEURONX_DISTRIBUTED, request)
                .medianStep()
                .of(Cause.SAMPLING);
        assertEquals(128_256 / 24 * passes / 1.12e9, any - greedy, 1e-9);
    }

    @Test
    void streamWeightsAnewForEachTileOfABatchWhoseHiddenStatesTheChipDoesNotHold() {
        // 1,024 tokens of 8,192 elements are 16 MiB of the on-chip 24 MiB, twice as many are not on the chip.
        TransformerShape large = shape("llama-3-70b");
        assertTrue(doubling(large, GenerationRuntime.TRANSFORMERS_NEURONX) > 2.5);
        assertEquals(2, doubling(large, GenerationRuntime.NEURONX_DISTRIBUTED), 0.05);
    }

    @Test
    void readWeightsOnceUpToTheOnChipMemoryAndForEachTileBeyond() {
        // 1,536 tokens of 8,192 elements are the on-chip 24 MiB to the byte.
        assertEquals(13, readings(1537), 1e-9);
        assertEquals(13, readings(1664), 1e-9);
        assertEquals(14, readings(1665), 1e-9);
        assertEquals(2, readings(1536) / readings(768), 0.05);
    }

    /** How often a prompt of a 70B model reads what a step reads once, beside the head. */
    private static double readings(long tokens) {
        GenerationPrediction prediction = predict(
                shape("llama-3-70b"),
                GenerationRuntime.TRANSFORMERS_NEURONX,
                GenerationRequest.of(1, tokens - 1, 1));
        double head = 2.0 * 8192 * Math.ceilDiv(128_256, 24) / 272e9;
        return (prediction.prefill().of(Cause.WEIGHTS) - head) / (prediction.medianStep().of(Cause.WEIGHTS) - head);
    }

    @Test
    void readTheExpertsOfALongPromptAsOftenAsOtherWeights() {
        // 3,072 tokens of 4,096 elements fit; attention alone has too few weights for this.
        assertTrue(experts(3072) > 1.2 * experts(3071));
    }

    private static double experts(long tokens) {
        GenerationRequest request = GenerationRequest.of(1, tokens, 1);
        return predict(shape("mixtral-8x7b"), GenerationRuntime.TRANSFORMERS_NEURONX, request)
                .prefill()
                .of(Cause.WEIGHTS);
    }

    @Test
    void takeNoLessTimeForTheFirstTokenOfAnEncoderDecoderThanForALaterOne() {
        for (String name : List.of("t5-3b", "whisper-tiny")) {
            GenerationRequest request = GenerationRequest.of(1, 128, 64);
            GenerationPredictor predictor = predictor(shape(name), 1, SdkVersion.NEWEST);
            GenerationPrediction prediction = predictor.predict(request);
            assertTrue(prediction.timeToFirstToken() > prediction.timePerToken(), name);
            double parts = predictor.timeline(request).prefill().stream()
                    .mapToDouble(each -> each.time().total())
                    .sum();
            assertEquals(prediction.timeToFirstToken(), parts, 1e-12, name);
        }
    }

    private static double doubling(TransformerShape shape, GenerationRuntime runtime) {
        double once = predict(shape, runtime, GenerationRequest.of(1, 1000, 24)).prefill().of(Cause.WEIGHTS);
        return predict(shape, runtime, GenerationRequest.of(1, 2000, 48)).prefill().of(Cause.WEIGHTS) / once;
    }

    @Test
    void changeTheLayoutOfSeveralPromptsInEarlyReleasesAlone() {
        GenerationRequest one = GenerationRequest.of(1, 128, 128);
        GenerationRequest four = GenerationRequest.of(4, 128, 128);
        double seconds = 4 * LLAMA.layers() * GenerationCalibration.builtIn().sequenceRelayoutSeconds();
        assertEquals(0, early(one).prefill().of(Cause.CACHE));
        assertEquals(seconds, early(four).prefill().of(Cause.CACHE), 1e-9);
        assertEquals(0, predict(LLAMA, GenerationRuntime.TRANSFORMERS_NEURONX, four).prefill().of(Cause.CACHE));
    }

    @Test
    void encodeABatchAtOnceAtItsOwnLength() {
        TransformerShape t5 = shape("t5-3b");
        GenerationRuntime runtime = GenerationRuntime.NEURONX_DISTRIBUTED_GREEDY;
        GenerationRequest request = GenerationRequest.of(1, 128, 64).withCompiledTokens(1024);
        double one = predict(t5, runtime, request).timeToFirstToken();
        double eight = predict(t5, runtime, request.withBatch(8)).timeToFirstToken();
        assertTrue(eight > one && eight < 4 * one, one + " and " + eight);
        GenerationRequest longer = GenerationRequest.of(1, 128, 512).withCompiledTokens(1024);
        assertEquals(one, predict(t5, runtime, longer).timeToFirstToken());
    }

    @Test
    void forgetWhatHasLeftTheSlidingWindow() {
        TransformerShape mistral = shape("mistral-7b");
        assertEquals(4096, mistral.attention().window());
        assertEquals(
                predict(mistral, 8, GenerationRequest.of(8, 8000, 100)).medianStep().of(Cause.CACHE),
                predict(mistral, 8, GenerationRequest.of(8, 16_000, 100)).medianStep().of(Cause.CACHE));
    }

    @Test
    void readTheShapeOfParallelDecodersToo() {
        TransformerShape neox = shape("gpt-neox-20b");
        assertEquals(44, neox.layers());
        assertEquals(96, neox.attention().width());
        assertEquals(50_432, neox.vocabulary());
    }

    @Test
    void refuseIllegalDegreesWithTheLegalOnes() {
        UserError error = assertThrows(UserError.class, () -> Degrees.require(7, INF2, LLAMA));
        assertTrue(String.valueOf(error.getMessage()).contains("1, 2, 4, 8, 12, 24"), error.getMessage());
        assertEquals(List.of(1, 2, 8, 32), Degrees.of(CATALOG.instance("trn1.32xlarge"), LLAMA));
        assertEquals(List.of(1), Degrees.of(CATALOG.instance("inf1.24xlarge"), LLAMA));
        assertEquals(0, Degrees.idle(8, INF2));
    }

    @Test
    void computeNinetySixEqualLayersOnce() {
        assertEquals(1, GPT3.decoder().size());
        assertEquals(96, GPT3.layers());
    }

    @Test
    void holdThePublishedDumpOfMemoryByClass() {
        // Llama-3.1-8B, TP 8, batch 32, 4096 tokens: MiB of the first core and of the others.
        GroupMemory memory = GroupMemory.of(
                LLAMA,
                GroupSharing.of(8),
                INF2,
                GenerationRuntime.NEURONX_DISTRIBUTED,
                WeightStorage.BF16,
                GenerationRequest.of(32, 3840, 256));
        assertEquals(3767, memory.first().constants() / 0x1p20, 0.03 * 3767);
        assertEquals(1948, memory.others().constants() / 0x1p20, 0.03 * 1948);
        assertEquals(2048, memory.first().tensors() / 0x1p20, 1);
        assertEquals(1024, memory.others().scratchpad() / 0x1p20, 1);
        assertEquals(5600, memory.others().total() / 0x1p20, 0.02 * 5600);
        assertTrue(memory.fits());
    }

    @Test
    void adviseOnlyChangesThatFit() {
        GenerationRequest large = GenerationRequest.of(8, 1024, 1024);
        Question question = new Question(
                GPT3, INF2, 24, GenerationRuntime.TRANSFORMERS_NEURONX, WeightStorage.BF16, large);
        assertFalse(question.memory().fits());
        List<String> changes = advice(question);
        assertTrue(changes.contains("--weight-type int8"), changes.toString());
        String batch = changes.stream().filter(each -> each.startsWith("--batch")).findFirst().orElseThrow();
        long fitting = Long.parseLong(batch.substring("--batch ".length()));
        assertTrue(memory(large.withBatch(fitting)).fits());
        assertFalse(memory(large.withBatch(fitting + 1)).fits());
    }

    @Test
    void advisesLengthsThatTheOtherOnesCanBeHadWith() {
        GenerationRequest large = GenerationRequest.of(32, 8000, 512);
        Question question = new Question(
                LLAMA, INF2, 4, GenerationRuntime.NEURONX_DISTRIBUTED, WeightStorage.BF16, large);
        List<String> changes = advice(question);
        String input = changes.stream().filter(each -> each.startsWith("--input")).findFirst().orElseThrow();
        long fitting = Long.parseLong(input.substring("--input-length ".length()));
        for (long tokens : new long[] {fitting, fitting + 1}) {
            Question shorter = new Question(
                    LLAMA, INF2, 4, GenerationRuntime.NEURONX_DISTRIBUTED, WeightStorage.BF16,
                    GenerationRequest.of(32, tokens, 512));
            assertEquals(tokens == fitting, shorter.memory().fits(), tokens + " of " + changes);
        }
    }

    private static List<String> advice(Question question) {
        return new GenerationAdvice(question, CacheRoom.FOLLOWS_LENGTHS, CATALOG, CATALOG.priceBook("on-demand"))
                .changes();
    }

    private static GroupMemory memory(GenerationRequest request) {
        return new Question(GPT3, INF2, 24, GenerationRuntime.TRANSFORMERS_NEURONX, WeightStorage.BF16, request)
                .memory();
    }

    private static GenerationPrediction predict(TransformerShape shape, int degree, GenerationRequest request) {
        return predictor(shape, degree, SdkVersion.NEWEST).predict(request);
    }

    private static GenerationPrediction predict(
            TransformerShape shape, GenerationRuntime runtime, GenerationRequest request) {
        return predictor(shape, 24, SdkVersion.NEWEST, runtime).predict(request);
    }

    private static GenerationPrediction early(GenerationRequest request) {
        return predictor(LLAMA, 8, EARLY).predict(request);
    }

    private static GenerationPredictor predictor(TransformerShape shape, int degree, SdkVersion sdk) {
        return predictor(shape, degree, sdk, GenerationRuntime.of(sdk, shape));
    }

    private static GenerationPredictor predictor(
            TransformerShape shape, int degree, SdkVersion sdk, GenerationRuntime runtime) {
        return new GenerationPredictor(
                shape,
                degree,
                new GenerationPredictor.Setting(
                        INF2,
                        sdk,
                        runtime,
                        Calibrations.builtIn().of(INF2.chip().core().generation()),
                        GenerationCalibration.builtIn()));
    }

    private static TransformerShape shape(String model) {
        return TransformerShapes.of(Models.find(model));
    }
}
