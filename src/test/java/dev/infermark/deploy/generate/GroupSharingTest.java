package dev.infermark.deploy.generate;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.graph.Parallelism.Norms;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.BlockShape;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.GroupSharing;
import dev.infermark.lower.shard.KeyValueHeads;
import dev.infermark.lower.shard.Shard;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.Models;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Experts divided among parts of a group, and norms by tokens. */
class GroupSharingTest {
    private static final Instance INF2 = Catalog.builtIn().instance("inf2.48xlarge");
    private static final TransformerShape MIXTRAL = TransformerShapes.of(Models.find("mixtral-8x7b"));
    private static final TransformerShape LLAMA = TransformerShapes.of(Models.find("llama-3-8b"));

    @Test
    void oneGroupOfExpertsIsNoOtherThanNone() {
        GenerationRequest request = GenerationRequest.of(4, 1024, 256);
        assertEquals(
                predictor(MIXTRAL, GroupSharing.of(8)).predict(request),
                predictor(MIXTRAL, experts(8, 1)).predict(request));
        assertTrue(GroupSharing.of(8).isMeasured() && !experts(8, 2).isMeasured());
    }

    @ParameterizedTest
    @CsvSource({"4, 2", "8, 1", "8, 2", "8, 4", "8, 8", "24, 8"})
    void expertsOfAllCoresAreAllExperts(int degree, int groups) {
        Shard shard = new Shard(MIXTRAL, experts(degree, groups), KeyValueHeads.COPIED_TO_DEGREE);
        BlockShape block = MIXTRAL.decoder().getFirst().block();
        long all = block.experts().stream()
                .mapToLong(each -> each.experts() * each.rows() * each.columns())
                .sum();
        // 14,336 inner columns are no multiple of 24 cores: the last core's are padded.
        double padding = (double) degree * shard.expertParameters(block) / all - 1;
        assertTrue(padding >= 0 && padding < 0.002, () -> "padding " + padding);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void promptsAndFullStepsTakeNoLongerAndSingleTokensDo(int groups) {
        GenerationRequest full = GenerationRequest.of(32, 1024, 256);
        GenerationPredictor together = predictor(MIXTRAL, GroupSharing.of(8));
        GenerationPredictor apart = predictor(MIXTRAL, experts(8, groups));
        assertTrue(apart.prefill(full).total() <= together.prefill(full).total());
        assertTrue(apart.step(full, 1280).total() <= together.step(full, 1280).total());
        assertEquals(
                together.step(full, 1280).of(Cause.COLLECTIVES),
                apart.step(full, 1280).of(Cause.COLLECTIVES));
        // Each part of the group is ready for both choices, with matrices as many times as large.
        GenerationRequest single = GenerationRequest.of(1, 1024, 256);
        assertTrue(apart.step(single, 1280).total() > together.step(single, 1280).total());
    }

    @Test
    void refusesGroupsThatDivideNotBothExpertsAndCores() {
        assertEquals(List.of(1, 2, 4), Degrees.ofExperts(12, MIXTRAL));
        UserError three = assertThrows(UserError.class, () -> quote(MIXTRAL, experts(12, 3), distributed()));
        assertMentions(three, "--expert-parallel 3", "mixtral", "12 cores", "1, 2, 4");
        UserError dense = assertThrows(UserError.class, () -> quote(LLAMA, experts(8, 2), distributed()));
        assertMentions(dense, "no mixture of experts");
        UserError other = assertThrows(
                UserError.class, () -> quote(MIXTRAL, experts(8, 2), GenerationRuntime.TRANSFORMERS_NEURONX));
        assertMentions(other, "transformers-neuronx", "--runtime neuronx-distributed-inference");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 24})
    void normsByTokensDivideTheLanesWorkOfPromptsAndNothingElse(int degree) {
        GenerationRequest request = GenerationRequest.of(4, 1920, 128);
        GenerationPredictor whole = predictor(LLAMA, GroupSharing.of(degree));
        GenerationPredictor byTokens = predictor(LLAMA, new GroupSharing(degree, 1, Norms.SEQUENCE_PARALLEL));
        assertEquals(whole.step(request, 2048), byTokens.step(request, 2048));
        TimeByCause before = whole.prefill(request);
        TimeByCause after = byTokens.prefill(request);
        assertEquals(before.of(Cause.COLLECTIVES), after.of(Cause.COLLECTIVES));
        assertEquals(before.of(Cause.WEIGHTS), after.of(Cause.WEIGHTS));
        int change = Double.compare(before.of(Cause.ATTENTION), after.of(Cause.ATTENTION));
        assertEquals(degree == 1 ? 0 : 1, change);
    }

    private static GroupSharing experts(int degree, int groups) {
        return new GroupSharing(degree, groups, Norms.WHOLE);
    }

    private static GenerationRuntime distributed() {
        return GenerationRuntime.NEURONX_DISTRIBUTED;
    }

    private static GenerationPredictor predictor(TransformerShape shape, GroupSharing sharing) {
        return Quoter.builtIn().generation().predictor(question(shape, sharing, distributed()), SdkVersion.NEWEST);
    }

    private static void quote(TransformerShape shape, GroupSharing sharing, GenerationRuntime runtime) {
        Quoter.builtIn().generation().quote(question(shape, sharing, runtime), SdkVersion.NEWEST);
    }

    private static Question question(TransformerShape shape, GroupSharing sharing, GenerationRuntime runtime) {
        return new Question(
                shape, INF2, sharing, runtime, WeightStorage.BF16, GenerationRequest.of(4, 1024, 256));
    }
}
